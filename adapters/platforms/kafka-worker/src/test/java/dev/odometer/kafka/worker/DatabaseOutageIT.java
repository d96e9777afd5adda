package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.postgres.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker during a database outage: it reports that it is unavailable, and counts the backlog after the outage. */
class DatabaseOutageIT {

    private static final Pattern PORT = Pattern.compile(":(\\d+)/");
    private static final Duration MAX_STOP = Duration.ofMinutes(2);

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

    /** After a failover whose packets are dropped, connections stay open but nothing answers. */
    @Test
    void continuesAfterTheDatabaseWasSilent() throws Exception {
        try (var proxy = proxy();
                var bench = new Workbench(behind(proxy), 1)) {
            var worker = bench.worker("--odometer.database.statement-timeout=2s");
            bench.send(bench.events.plain("before"));
            bench.awaitCalls(1);

            proxy.silence();
            bench.send(bench.events.plain("meanwhile"));
            assertThat(status(worker, "/healthz")).isEqualTo(503);
            assertThat(status(worker, "/healthz/live")).isEqualTo(200);

            proxy.recover();
            bench.awaitCalls(2);
            assertThat(status(worker, "/healthz")).isEqualTo(200);
        }
    }

    @Test
    void stopsSoonWhileAStatementRuns() throws Exception {
        try (var proxy = proxy();
                var bench = new Workbench(behind(proxy), 1)) {
            // Only the shutdown can end the statement.
            var worker = bench.worker("--odometer.database.statement-timeout=1h");
            bench.send(bench.events.plain("before"));
            bench.awaitCalls(1);
            proxy.silence();
            bench.send(bench.events.plain("meanwhile"));
            proxy.awaitDropped();

            long start = System.nanoTime();
            worker.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_STOP);

            proxy.recover();
            bench.worker();
            bench.awaitCalls(2);
        }
    }

    private static TcpProxy proxy() throws IOException {
        Matcher port = PORT.matcher(EmbeddedPlatform.get().url());
        assertThat(port.find()).isTrue();
        return new TcpProxy(Integer.parseInt(port.group(1)));
    }

    private static Platform behind(TcpProxy proxy) {
        Platform shared = EmbeddedPlatform.get();
        String url = PORT.matcher(shared.url()).replaceFirst(":" + proxy.port() + "/");
        return new Platform(shared.servers(), shared.database(), url, "postgres", "", shared.security());
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
