package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about own functions: its commands have the documented results, and its code is that of the example. */
class PageIT {

    private static final Path EXAMPLE = Path.of("../../examples/orders");
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\w*)\\n(.*?)\\n```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CURL = Pattern.compile(
            "curl(?: -X POST)?(?: -H '([^:]+): ([^']+)')? '?http://127\\.0\\.0\\.1:8080([^\\s']+)'?(?: -d '([^']+)')?");
    private static final Pattern ECHO = Pattern.compile("echo '([^']+)' > local/(\\S+)");
    private static final Pattern CAT = Pattern.compile("cat local/(\\S+)/\\*\\.txt");
    private static final Pattern ROW = Pattern.compile("^\\|[^|]+\\| `([^`]+)` \\| (\\d+) MB \\|", Pattern.MULTILINE);
    private static final Pattern ID = Pattern.compile("^\\{\"id\":\"([^\"]+)\"");
    /** What differs with each run. */
    private static final Pattern CHANGING = Pattern.compile("(\"placedAt\":\"|urn:request:)[^\"]+");

    @TempDir
    Path folder;

    private final List<String> answers = new ArrayList<>();
    private String order = "";

    private static String page() throws IOException {
        return Files.readString(Path.of("../../docs/your-own-functions.md"));
    }

    private static List<MatchResult> blocks() throws IOException {
        return BLOCK.matcher(page()).results().toList();
    }

    @Test
    void showsTheCodeOfTheExample() throws IOException {
        List<String> shown = blocks().stream()
                .filter(block -> block.group(1).equals("java") || block.group(1).equals("xml"))
                .map(block -> block.group(2))
                .toList();
        String code = code();

        assertThat(shown).hasSize(6);
        assertThat(shown).allSatisfy(block -> assertThat(code).contains(block));
    }

    private static String code() throws IOException {
        var code = new StringBuilder();
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(file -> file.toString().matches(".*(src/main/.*\\.java|pom\\.xml)"))
                    .toList()) {
                code.append(Files.readString(file));
            }
        }
        return code.toString();
    }

    @Test
    void hasTheDocumentedResults() throws Exception {
        try (OrdersProcess service = OrdersProcess.local(folder, Map.of("ORDERS_TIME_TO_PAY", "0s"))) {
            for (MatchResult block : blocks()) {
                if (block.group(2).startsWith("curl") || block.group(2).startsWith("echo")) {
                    for (String command : block.group(2).split("\n")) {
                        run(command, service);
                    }
                } else if (block.group(1).equals("json") || block.group(2).startsWith("specversion")) {
                    assertThat(CHANGING.matcher(last()).replaceAll("$1"))
                            .isEqualTo(CHANGING.matcher(block.group(2)).replaceAll("$1"));
                }
            }
        }
        assertThat(answers).hasSize(9);
        assertThat(last()).startsWith("[{\"id\":");
    }

    private String last() {
        return answers.get(answers.size() - 1);
    }

    private void run(String command, OrdersProcess service) throws Exception {
        Matcher curl = CURL.matcher(command);
        Matcher echo = ECHO.matcher(command);
        Matcher cat = CAT.matcher(command);
        if (curl.matches()) {
            request(curl, service);
        } else if (echo.matches()) {
            Path file = folder.resolve(echo.group(2));
            Files.writeString(file, echo.group(1) + "\n");
            OrdersProcess.await(() -> Files.notExists(file), service);
        } else if (cat.matches()) {
            try (Stream<Path> files = Files.list(folder.resolve(cat.group(1)))) {
                answers.add(Files.readString(files.findFirst().orElseThrow()).replace(order, "ORDER_ID"));
            }
        } else {
            throw new IllegalArgumentException("unknown command: " + command);
        }
    }

    private void request(Matcher curl, OrdersProcess service) throws IOException {
        URI uri = URI.create(curl.group(3).replace("ORDER_ID", order));
        String body = curl.group(4) == null ? "" : curl.group(4).replace("ORDER_ID", order);
        String method = curl.group(4) == null && !curl.group().contains(" -X POST ") ? "GET" : "POST";
        Headers headers = curl.group(1) == null ? Headers.NONE : Headers.of(curl.group(1), curl.group(2));

        HttpReply reply = new RawClient(service.port())
                .send(new HttpRequest(method, uri.getPath(), uri.getQuery(), headers, body.getBytes(UTF_8)));

        String answer = new String(reply.body(), UTF_8);
        assertThat(reply.status()).as(answer).isIn(200, 201, 204, 400);
        Matcher id = ID.matcher(answer);
        if (id.find()) {
            order = id.group(1);
            answer = answer.replace(order, "ORDER_ID");
        }
        answers.add(answer);
    }

    @Test
    void statesTheSizesOfThePackages() throws IOException {
        List<MatchResult> rows = ROW.matcher(page()).results().toList();

        assertThat(rows).hasSize(5);
        for (MatchResult row : rows) {
            long limit = Long.parseLong(row.group(2)) * 1_000_000;
            // A much smaller package would make the statement wrong, too.
            assertThat(size(EXAMPLE.resolve(row.group(1)))).as(row.group(1)).isBetween(limit * 9 / 10, limit);
        }
    }

    private static long size(Path built) throws IOException {
        try (Stream<Path> files = Files.walk(built)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
