package dev.odometer.conformance;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.local.http.Odometer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.context.ConfigurableApplicationContext;

/** The replies of the local server to the cases, over a socket, with which the replies of another door are compared. */
final class LocalTwin {

    /**
     * Both servers use the same reference time, so that texts derived from it are equal. It has passed some minutes ago,
     * as it has at the end of a long run.
     */
    @SuppressWarnings("TimeInStaticInitializer") // one time for the whole run
    static final Instant NOW = Instant.now().minusSeconds(600);

    /** Headers that the transport adds or that differ between requests. */
    private static final Set<String> NOT_COMPARED =
            Set.of("Connection", "Date", "Keep-Alive", "Server", "Transfer-Encoding", "X-Request-Id");

    /** Ids and times that the service generates, in replies whose step does not describe the body. */
    private static final Pattern GENERATED = Pattern.compile(
            "[0-9A-HJKMNP-TV-Z]{26}|urn:request:[0-9a-f]{32}|\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z\"");

    private static final ConfigurableApplicationContext CONTEXT = start();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Map<String, String> REPLIES = replies();

    private LocalTwin() {}

    private static ConfigurableApplicationContext start() {
        Map<String, String> database = Databases.fresh("local_twin");
        return Odometer.application()
                .run(
                        "--server.port=0",
                        "--odometer.database.url=" + database.get("ODOMETER_DATABASE_URL"),
                        "--odometer.database.user=" + database.get("ODOMETER_DATABASE_USER"),
                        "--odometer.database.password=" + database.get("ODOMETER_DATABASE_PASSWORD"),
                        "--odometer.portal.token-secret=" + Case.PORTAL_SECRET);
    }

    private static Map<String, String> replies() {
        var replies = new TreeMap<String, String>();
        var cases = new CasesContract() {
            @Override
            HttpReply answer(Sent sent) throws Exception {
                return send(CasesInMemoryTest.request(sent));
            }

            @Override
            void compare(String step, HttpReply reply, Case.Run run) {
                replies.put(step, comparable(reply, run));
            }
        };
        for (Case example : Case.all()) {
            var run = new Case.Run(NOW);
            for (Case.Step step : example.steps()) {
                try {
                    cases.check(example, run, step);
                } catch (Exception failure) {
                    throw new IllegalStateException(step.name(), failure);
                }
            }
        }
        return replies;
    }

    /** The local server's reply to a step, in the form of {@link #comparable}. */
    static String reply(String step) {
        String reply = REPLIES.get(step);
        if (reply == null) {
            throw new IllegalStateException("no step " + step);
        }
        return reply;
    }

    /** Status, headers and body, without everything that differs between runs. */
    static String comparable(HttpReply reply, Case.Run run) {
        var lines = new StringBuilder("HTTP " + reply.status() + "\n");
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        reply.headers().forEach((name, value) -> headers.merge(name, value, (first, second) -> first + " | " + second));
        // The number of digits of times varies, so the length itself differs between runs.
        String length = String.valueOf(reply.body().length);
        headers.replace("Content-Length", length, "that of the body");
        if (length.equals("0")) {
            // Of HEAD, the length is that of another body.
            headers.computeIfPresent("Content-Length", (name, value) -> "that of the body");
        }
        headers.keySet().removeIf(name -> NOT_COMPARED.stream().anyMatch(name::equalsIgnoreCase));
        headers.forEach((name, value) -> lines.append(name.toLowerCase(Locale.ROOT))
                .append(": ")
                .append(value)
                .append("\n"));
        String body = new String(reply.body(), StandardCharsets.ISO_8859_1);
        String masked = run.masked(lines.append("\n").append(body).toString());
        return GENERATED.matcher(masked).replaceAll("*");
    }

    private static boolean hasAsciiHeaders(HttpRequest request) {
        var values = new StringBuilder();
        request.headers().forEach((name, value) -> values.append(value));
        return StandardCharsets.US_ASCII.newEncoder().canEncode(values);
    }

    static HttpReply send(HttpRequest request) throws IOException, InterruptedException {
        String target = request.path() + (request.query() == null ? "" : "?" + request.query());
        int port = Integer.parseInt(CONTEXT.getEnvironment().getRequiredProperty("local.server.port"));
        if (!hasAsciiHeaders(request)) {
            // Java's client does not send such headers.
            return new RawClient(port).send(request);
        }
        boolean hasLength = request.headers().first("Transfer-Encoding").isEmpty();
        var body = BodyPublishers.ofByteArray(request.body());
        var sent = java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .method(request.method(), hasLength ? body : BodyPublishers.fromPublisher(body));
        request.headers().forEach((name, value) -> {
            // The client adds this header itself.
            if (!name.equals("Transfer-Encoding")) {
                sent.header(name, value);
            }
        });
        var reply = CLIENT.send(sent.build(), BodyHandlers.ofByteArray());
        return new HttpReply(reply.statusCode(), Headers.of(reply.headers().map()), reply.body());
    }
}
