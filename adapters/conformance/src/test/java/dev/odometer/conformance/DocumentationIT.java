package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.local.http.Odometer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The commands of the README and of all pages have the documented results, in the order of the index, on one service. */
class DocumentationIT {

    /** A command, with its response if the next block is one. */
    private static final Pattern CURL = Pattern.compile(
            "^curl(?: -i)?(?: -X (POST|PATCH))?((?: -H '[^']+')*) '?http://127\\.0\\.0\\.1:8888([^\\s']+)'?"
                    + "(?: -d '([^']+)')?(?: > \\S+)?$(?:\\n```\\n\\n```json\\n(.*)\\n```)?",
            Pattern.MULTILINE);

    private static final Pattern HEADER = Pattern.compile("-H '([^:]+): ([^']+)'");

    /** The pages whose commands need another service, and the test that starts it. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "docs/operations.md", "ComposedIT: the service of docker-compose.yml, which requires an API key",
            "docs/adapters/local-http.md", "the example of a header has no address",
            "docs/adapters/aws-lambda.md", "they need AWS's Runtime Interface Emulator",
            "docs/your-own-functions.md", "PageIT: the service of examples/orders");

    /** The expression that a shell replaces by the current time when it runs the command. */
    private static final String DATE = "'$(date -u +%FT%TZ)'";

    private static final String NOW = "{now}";

    private static final Pattern TIME = Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT[^\"]+Z\"");

    private static final String SUBSCRIPTION_ID = "SUBSCRIPTION_ID";

    /** The placeholders that a reader replaces by a value of an earlier response, by the path of its request. */
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "/api/v1/notification/channels", "CHANNEL_ID",
            "/api/v1/notification/rules", "RULE_ID",
            "/api/v1/plans", "PLAN_ID",
            "/api/v1/customers", "CUSTOMER_ID",
            "/api/v1/billing/invoices/invoice", "INVOICE_ID",
            "/api/v1/portal/tokens", "TOKEN",
            "/api/v1/customers/hooli/subscriptions?status=active", SUBSCRIPTION_ID);

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    /** The successor of a subscription, whose id the placeholder stands for from then on. */
    private static final Pattern NEXT = Pattern.compile("\"next\":\\{\"id\":\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, List<HttpResponse<String>>> replies = new LinkedHashMap<>();
    private int port;

    @Test
    void describesWhatTheServiceDoes() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            for (Path page : Documentation.pages()) {
                run(Documentation.name(page), Files.readString(page).replace(DATE, NOW));
            }
            repeatTheEventOfTheReadme();
        }

        assertThat(replies.keySet())
                .containsExactly(
                        "README.md",
                        "docs/limits.md",
                        "docs/portal.md",
                        "docs/notifications.md",
                        "docs/billing.md",
                        "docs/invoices.md",
                        "docs/invoices-documents.md",
                        "docs/costs.md");
        assertThat(values).hasSize(PLACEHOLDERS.size());
        checkReadme();
        checkPortal();
        checkBilling();
        checkInvoices();
        assertThat(bodies("docs/costs.md")).last().asString().contains("\"perMillionEvents\":\"1.266667\"");
    }

    /** Without schedules: invoices are drafted by the commands only. */
    private static ConfigurableApplicationContext start() {
        Map<String, String> database = Databases.fresh("documentation");
        return Odometer.application()
                .run(
                        "--server.port=0",
                        "--odometer.schedules.enabled=false",
                        "--odometer.self-metering.enabled=true",
                        "--odometer.database.url=" + database.get("ODOMETER_DATABASE_URL"),
                        "--odometer.database.user=" + database.get("ODOMETER_DATABASE_USER"),
                        "--odometer.database.password=" + database.get("ODOMETER_DATABASE_PASSWORD"),
                        "--odometer.portal.token-secret=" + Case.PORTAL_SECRET);
    }

    private void run(String page, String text) throws Exception {
        long lines = text.lines().filter(line -> line.startsWith("curl")).count();
        if (ELSEWHERE.containsKey(page)) {
            assertThat(lines).as(page).isPositive();
            return;
        }
        List<Matcher> commands = commands(text);
        assertThat(commands).as("commands of " + page).hasSize((int) lines);
        for (Matcher command : commands) {
            HttpResponse<String> reply = send(command);

            assertThat(reply.statusCode())
                    .as(page + ": " + command.group() + "\n" + reply.body())
                    .isBetween(200, 299);
            if (command.group(5) != null) {
                assertThat(withoutTimes(reply.body())).isEqualTo(withoutTimes(command.group(5)));
            }
            replies.computeIfAbsent(page, key -> new ArrayList<>()).add(reply);
            keep(command.group(3), reply.body());
        }
    }

    private static List<Matcher> commands(String text) {
        return CURL.matcher(text)
                .results()
                .map(result -> CURL.matcher(result.group()))
                .filter(Matcher::matches)
                .toList();
    }

    private void repeatTheEventOfTheReadme() throws Exception {
        List<Matcher> commands = commands(Files.readString(Documentation.pages().get(0)));

        assertThat(send(commands.get(1)).statusCode()).isEqualTo(204);
        assertThat(send(commands.get(2)).body())
                .contains("\"value\":120,")
                .contains("\"groupBy\":{\"model\":\"small\"}");
    }

    private HttpResponse<String> send(Matcher command) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + withValues(command.group(3))));
        HEADER.matcher(command.group(2))
                .results()
                .forEach(header -> request.header(header.group(1), withValues(header.group(2))));
        String body = command.group(4);
        String method = command.group(1) != null ? command.group(1) : body == null ? "GET" : "POST";
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(withValues(body)));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private void keep(String path, String reply) {
        String placeholder = PLACEHOLDERS.get(path);
        if (placeholder != null) {
            Matcher value = ("TOKEN".equals(placeholder) ? TOKEN : ID).matcher(reply);
            assertThat(value.find()).as(reply).isTrue();
            values.put(placeholder, value.group(1));
        }
        Matcher next = NEXT.matcher(reply);
        if (next.find()) {
            values.put(SUBSCRIPTION_ID, next.group(1));
        }
    }

    private String withValues(String text) {
        String replaced =
                text.replace(NOW, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        for (Map.Entry<String, String> value : values.entrySet()) {
            replaced = replaced.replace(value.getKey(), value.getValue());
        }
        return replaced;
    }

    private static String withoutTimes(String text) {
        return TIME.matcher(text).replaceAll("\"…\"");
    }

    private List<String> bodies(String page) {
        return replies.getOrDefault(page, List.of()).stream()
                .map(HttpResponse::body)
                .toList();
    }

    private void checkReadme() {
        assertThat(replies.get("README.md"))
                .extracting(HttpResponse::statusCode)
                .containsExactly(201, 204, 200);
        assertThat(bodies("README.md")).last().asString().contains("\"value\":120,");
    }

    private void checkPortal() {
        assertThat(bodies("docs/portal.md").get(3)).contains("\"value\":1,");
        assertThat(bodies("docs/portal.md").get(4)).startsWith("window_start,").contains(",1");
    }

    private void checkBilling() {
        assertThat(bodies("docs/billing.md"))
                .anyMatch(reply -> reply.contains("\"total\":\"17.50\""))
                .anyMatch(reply ->
                        reply.contains("\"currentAmount\":\"25.00\",\"newAmount\":\"20.00\",\"difference\":\"-5.00\""))
                .anyMatch(reply -> reply.contains(",hooli,Hooli,characters,25000,25.00,5.00,20.00,USD\n"));
    }

    private void checkInvoices() {
        assertThat(bodies("docs/invoices.md"))
                .last()
                .asString()
                .contains("\"status\":\"issued\"", "\"number\":\"INV-1\"");
        assertThat(bodies("docs/invoices-documents.md")).first().asString().contains("<html", "INV-1");
        assertThat(bodies("docs/invoices-documents.md"))
                .last()
                .asString()
                .contains("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "INV-1");
    }
}
