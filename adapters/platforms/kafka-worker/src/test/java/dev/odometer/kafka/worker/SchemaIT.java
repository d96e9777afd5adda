package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A worker that starts before the schema exists: it is not ready, and counts the backlog after the migration. */
class SchemaIT {

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> health(ConfigurableApplicationContext worker) throws Exception {
        int port = worker.getBean(Probes.class).port();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void isNotReadyAndRetriesUntilTheSchemaExists() throws Exception {
        DataSource database = TestDatabase.newDatabase("worker_schema");
        String url = Databases.url(database);
        try (var bench = new Workbench(EmbeddedPlatform.get(), 1)) {
            bench.send(bench.events.plain("early"));
            var worker = bench.worker("--odometer.database.url=" + url, "--odometer.database.migrate=false");

            Wait.until(() -> body(worker).contains("no tables"), () -> body(worker));
            assertThat(health(worker).statusCode()).isEqualTo(503);
            assertThat(health(worker).body())
                    .isEqualTo("{\"status\":\"unavailable\","
                            + "\"reason\":\"the database has no tables of Odometer: run the command migrate\"}");

            Migrations.apply(database);

            assertThat(health(worker).body()).isEqualTo("{\"status\":\"ok\"}");
            bench.awaitDone();
            assertThat(events(database)).isEqualTo(1);
            assertThat(bench.broker.read(bench.deadLetterTopic())).isEmpty();
        }
    }

    private String body(ConfigurableApplicationContext worker) {
        try {
            return health(worker).body();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static long events(DataSource database) {
        return Objects.requireNonNull(JdbcClient.create(database)
                .sql("select count(*) from usage_event")
                .query(Long.class)
                .single());
    }
}
