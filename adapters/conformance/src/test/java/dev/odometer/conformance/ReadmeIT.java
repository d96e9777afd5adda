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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands on the first screen of the README have the documented results. */
class ReadmeIT {

    private static final Pattern CURL = Pattern.compile(
            "^curl(?: -i)?(?: -H '([^:]+): ([^']+)')? '?(http://127\\.0\\.0\\.1:8888)([^' ]+)'?(?: -d '([^']+)')?$",
            Pattern.MULTILINE);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void countsTheEventsOfTheReadme() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        List<Matcher> commands =
                CURL.matcher(readme).results().map(r -> CURL.matcher(r.group())).toList();
        assertThat(commands).hasSize(3);
        assertThat(readme.lines().filter(line -> line.startsWith("curl"))).hasSize(3);

        assertThat(send(commands.get(0)).statusCode()).isEqualTo(201);
        assertThat(send(commands.get(1)).statusCode()).isEqualTo(204);
        assertThat(send(commands.get(1)).statusCode()).isEqualTo(204);
        assertThat(send(commands.get(2)).body())
                .contains("\"value\":120,")
                .contains("\"groupBy\":{\"model\":\"small\"}");
    }

    private HttpResponse<String> send(Matcher command) throws Exception {
        assertThat(command.matches()).isTrue();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + LocalServer.port() + command.group(4)));
        if (command.group(1) != null) {
            request.header(command.group(1), command.group(2));
        }
        if (command.group(5) != null) {
            request.POST(BodyPublishers.ofString(command.group(5)));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
