package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker during a database outage: it reports that it is unavailable, and counts the backlog after the outage. */
class DatabaseOutageIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void isUnavailableUntilTheDatabaseIsBack() throws Exception {
        Platform shared = EmbeddedPlatform.get();
        try (var database = new DatabaseProcess(folder.resolve("database"))) {
            var platform = new Platform(
                    shared.servers(), database.source(), database.url(), "postgres", "", shared.security());
            try (var bench = new Workbench(platform, 1)) {
                var worker = bench.worker();
                bench.send(bench.events.plain("before"));
                bench.awaitCalls(1);
                assertThat(status(worker, "/healthz")).isEqualTo(200);

                database.kill();
                bench.send(bench.events.plain("meanwhile"));

                assertThat(status(worker, "/healthz")).isEqualTo(503);
                assertThat(status(worker, "/healthz/live")).isEqualTo(200);

                database.restart();

                bench.awaitCalls(2);
                assertThat(status(worker, "/healthz")).isEqualTo(200);
            }
        }
    }

    private int status(ConfigurableApplicationContext worker, String path) throws Exception {
        int port = worker.getBean(Probes.class).port();
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
