package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Runs the service in a separate process, as users start it. */
class OdometerIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Process service() throws Exception {
        return Services.java(Odometer.class, "--server.port=0", "--odometer.data-dir=" + folder);
    }

    @Test
    void startsAnswersAndStopsGracefully() throws Exception {
        Process service = service();
        String greeting = Services.awaitLine(service, "Odometer listens on ");
        var url = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(greeting);
        assertThat(url.find()).isTrue();

        var health = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url.group() + "/healthz"))
                                .build(),
                        BodyHandlers.ofString());
        service.destroy();

        assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(greeting).contains("keeps its data in " + folder.toRealPath());
        assertThat(service.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.resolve("postgres/PG_VERSION")).exists();
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }
}
