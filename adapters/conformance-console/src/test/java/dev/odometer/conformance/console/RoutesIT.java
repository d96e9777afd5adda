package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.route.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of routes in {@code api.js}, the routes of the service, and the calls of the pages name the same functions. */
class RoutesIT {

    private static final Path SCRIPTS = Path.of("../console/src/main/resources/console/js");
    private static final Pattern ROUTE = Pattern.compile("^    (\\w+): \"([A-Z]+ /[^\"]+)\",$", Pattern.MULTILINE);
    private static final Pattern CALL =
            Pattern.compile("\\bapi\\.(\\w+)\\(|\\b(?:call|send|download|curl|address)\\(\"(\\w+)");

    private static String table() throws IOException {
        String source = Files.readString(SCRIPTS.resolve("api.js"));
        return source.substring(source.indexOf("export const ROUTES"), source.indexOf("};"));
    }

    private static List<MatchResult> rows() throws IOException {
        return ROUTE.matcher(table()).results().toList();
    }

    /** All scripts but the one with the table. */
    private static String pages() throws IOException {
        var pages = new StringBuilder();
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".js"))
                    .filter(one -> !one.endsWith("api.js"))
                    .toList()) {
                pages.append(Files.readString(file)).append('\n');
            }
        }
        return pages.toString();
    }

    @Test
    void theServiceHasEachRouteOfTheTable() throws IOException {
        List<String> rows =
                rows().stream().map(row -> row.group(1) + " " + row.group(2)).toList();
        List<String> served = ConsoleServer.open().context().getBeansOfType(Routes.class).values().stream()
                .flatMap(routes -> routes.rows().stream())
                .map(route -> route.function() + " " + route.method() + " " + route.path())
                .toList();

        assertThat(rows)
                .as("each line of the table is read")
                .hasSizeGreaterThan(70)
                .hasSameSizeAs(
                        table().lines().filter(line -> line.contains(" /")).toList());
        assertThat(served).hasSizeGreaterThan(100).containsAll(rows);
    }

    /** The call of a name that the table does not have would fail only in the browser. */
    @Test
    void theTableHasEachRouteThatAPageCalls() throws IOException {
        List<String> called = CALL.matcher(pages())
                .results()
                .map(call -> call.group(1) == null ? call.group(2) : call.group(1))
                .distinct()
                .toList();

        assertThat(called).hasSizeGreaterThan(60);
        assertThat(rows().stream().map(row -> row.group(1))).containsAll(called);
    }

    @Test
    void aPageCallsEachRouteOfTheTable() throws IOException {
        String pages = pages();

        assertThat(rows().stream().map(row -> row.group(1)))
                .allMatch(name ->
                        Pattern.compile("\\b" + name + "\\b").matcher(pages).find());
    }
}
