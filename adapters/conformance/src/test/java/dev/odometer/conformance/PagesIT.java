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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of a documentation page have the documented results, in sequence. */
class PagesIT {

    /** A command, with its response if the next block is one. */
    private static final Pattern CURL = Pattern.compile(
            "^curl(?: -X (POST|PATCH))?((?: -H '[^']+')*) '?http://127\\.0\\.0\\.1:8888([^\\s']+)'?(?: -d '([^']+)')?$"
                    + "(?:\\n```\\n\\n```json\\n(.*)\\n```)?",
            Pattern.MULTILINE);

    private static final Pattern HEADER = Pattern.compile("-H '([^:]+): ([^']+)'");

    /** The expression that a shell replaces by the current time when it runs the command. */
    private static final String DATE = "'$(date -u +%FT%TZ)'";

    private static final String NOW = "{now}";

    private static final String SUBSCRIPTION_ID = "SUBSCRIPTION_ID";

    /** The placeholders that a reader replaces by the id of an earlier response, by the path of its request. */
    private static final Map<String, String> IDS = Map.of(
            "/api/v1/notification/channels", "CHANNEL_ID",
            "/api/v1/notification/rules", "RULE_ID",
            "/api/v1/plans", "PLAN_ID",
            "/api/v1/customers", "CUSTOMER_ID",
            "/api/v1/billing/invoices/invoice", "INVOICE_ID",
            "/api/v1/customers/hooli/subscriptions?status=active", SUBSCRIPTION_ID);

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    /** The successor of a subscription, whose id the placeholder stands for from then on. */
    private static final Pattern NEXT = Pattern.compile("\"next\":\\{\"id\":\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> ids = new HashMap<>();
    private final List<String> replies = new ArrayList<>();
    private int port = LocalServer.port();

    @Test
    void theLimitsPageIsCorrect() throws Exception {
        String page = page("limits.md");
        assertThat(page.lines().filter(line -> line.equals("```json"))).hasSize(3);

        run(page);
    }

    @Test
    void theNotificationsPageIsCorrect() throws Exception {
        run(page("notifications.md"));

        assertThat(ids).hasSize(2);
    }

    @Test
    void theBillingPageIsCorrect() throws Exception {
        run(page("billing.md"));

        assertThat(ids).containsOnlyKeys("PLAN_ID", "CUSTOMER_ID", SUBSCRIPTION_ID);
        assertThat(replies).anyMatch(reply -> reply.contains("\"total\":\"17.50\""));
        assertThat(replies)
                .anyMatch(reply -> reply.contains(
                        "\"currentAmount\":\"25.00\",\"newAmount\":\"20.00\"," + "\"difference\":\"-5.00\""));
        assertThat(replies).anyMatch(reply -> reply.contains(",hooli,Hooli,characters,25000,25.00,5.00,20.00,USD\n"));
    }

    @Test
    void theInvoicesPageIsCorrect() throws Exception {
        run(page("invoices.md"));

        assertThat(ids).containsOnlyKeys("PLAN_ID", "CUSTOMER_ID", "INVOICE_ID");
        assertThat(replies.get(replies.size() - 1)).contains("\"status\":\"issued\"", "\"number\":\"INV-");
    }

    /** On a server of its own, because its setting would add events to the other pages. */
    @Test
    void theCostsPageIsCorrect() throws Exception {
        Map<String, String> database = Databases.fresh("costs_page");
        try (var server = Odometer.application()
                .run(
                        "--server.port=0",
                        "--odometer.self-metering.enabled=true",
                        "--odometer.database.url=" + database.get("ODOMETER_DATABASE_URL"),
                        "--odometer.database.user=" + database.get("ODOMETER_DATABASE_USER"),
                        "--odometer.database.password=" + database.get("ODOMETER_DATABASE_PASSWORD"))) {
            port = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
            String page = page("costs.md");
            assertThat(page.lines().filter(line -> line.equals("```json"))).hasSize(1);

            run(page);
        }
        assertThat(replies.get(replies.size() - 1)).contains("\"perMillionEvents\":\"1.266667\"");
    }

    private static String page(String name) throws Exception {
        return Files.readString(Path.of("../../docs", name)).replace(DATE, NOW);
    }

    private void run(String page) throws Exception {
        List<Matcher> commands =
                CURL.matcher(page).results().map(r -> CURL.matcher(r.group())).toList();
        assertThat(page.lines().filter(line -> line.startsWith("curl")))
                .isNotEmpty()
                .hasSameSizeAs(commands);
        for (Matcher command : commands) {
            assertThat(command.matches()).isTrue();
            HttpResponse<String> reply = send(command);

            replies.add(reply.body());
            assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 299);
            assertThat(reply.body()).isEqualTo(command.group(5) == null ? reply.body() : command.group(5));
            Matcher id = ID.matcher(reply.body());
            if (IDS.containsKey(command.group(3)) && id.find()) {
                ids.put(IDS.get(command.group(3)), id.group(1));
            }
            Matcher next = NEXT.matcher(reply.body());
            if (next.find()) {
                ids.put(SUBSCRIPTION_ID, next.group(1));
            }
        }
    }

    private HttpResponse<String> send(Matcher command) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + withIds(command.group(3))));
        HEADER.matcher(command.group(2)).results().forEach(header -> request.header(header.group(1), header.group(2)));
        String body = command.group(4);
        String method = command.group(1) != null ? command.group(1) : body == null ? "GET" : "POST";
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(withIds(body)));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String withIds(String text) {
        String replaced =
                text.replace(NOW, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        for (Map.Entry<String, String> id : ids.entrySet()) {
            replaced = replaced.replace(id.getKey(), id.getValue());
        }
        return replaced;
    }
}
