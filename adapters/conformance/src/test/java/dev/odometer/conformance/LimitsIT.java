package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands of the page on limits do what they say, one after the other. */
class LimitsIT {

    /** A command, and the answer where the next block is one. */
    private static final Pattern CURL = Pattern.compile(
            "^curl(?: -H '([^:]+): ([^']+)')? http://127\\.0\\.0\\.1:8888(\\S+)(?: -d '([^']+)')?$"
                    + "(?:\\n```\\n\\n```json\\n(.*)\\n```)?",
            Pattern.MULTILINE);

    /** What a shell puts the time for. */
    private static final String NOW = "'$(date -u +%FT%TZ)'";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void answersAsThePageSays() throws Exception {
        String page = Files.readString(Path.of("../../docs/limits.md"))
                .replace(NOW, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        List<Matcher> commands =
                CURL.matcher(page).results().map(r -> CURL.matcher(r.group())).toList();
        assertThat(page.lines().filter(line -> line.startsWith("curl"))).hasSameSizeAs(commands);
        assertThat(page.lines().filter(line -> line.equals("```json"))).hasSize(3);

        for (Matcher command : commands) {
            assertThat(command.matches()).isTrue();
            HttpResponse<String> reply = send(command);

            assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 299);
            assertThat(reply.body()).isEqualTo(command.group(5) == null ? reply.body() : command.group(5));
        }
    }

    private HttpResponse<String> send(Matcher command) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + LocalServer.port() + command.group(3)));
        if (command.group(4) != null) {
            request.header(command.group(1), command.group(2));
            request.POST(BodyPublishers.ofString(command.group(4)));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
