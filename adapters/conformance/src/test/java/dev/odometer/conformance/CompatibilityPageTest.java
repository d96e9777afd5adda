package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.route.RouteTable;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/compatibility.md} names exactly the operations and parameters of OpenMeter that are not served. */
class CompatibilityPageTest {

    private static final String FILE = "docs/compatibility.md";
    private static final String PAGE = ContainerFiles.read(FILE);
    private static final List<Operation> OPERATIONS = operations();
    private static final List<Route> ROUTES = Wiring.ofAllFunctions().routes();

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** An operation of OpenMeter. */
    private record Operation(String method, String path, Set<String> parameters) {

        private static Operation parse(String line) {
            List<String> parts = List.of(line.split(" "));
            return new Operation(parts.get(0), parts.get(1), Set.copyOf(parts.subList(2, parts.size())));
        }

        private String name() {
            return method + " " + path;
        }

        /** The path with values in the place of its fields. */
        private List<String> segments() {
            return List.of(path.substring(1).replaceAll("\\{[^}]*}", "x").split("/"));
        }
    }

    private static List<Operation> operations() {
        var resource =
                Objects.requireNonNull(CompatibilityPageTest.class.getResourceAsStream("/openmeter-operations.txt"));
        try (resource) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Operation::parse)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The differences between the page and the routes, each as an instruction. */
    private static List<String> findings(String page, List<Route> routes) {
        var table = RouteTable.of(routes, Function.identity());
        var actual = new TreeSet<String>();
        for (Operation operation : OPERATIONS) {
            Optional<Route> route =
                    table.find(operation.method, operation.segments()).map(match -> match.serves());
            if (route.isEmpty()) {
                actual.add(operation.name());
            } else {
                Set<String> served =
                        route.get().inputs().stream().map(Input::field).collect(Collectors.toSet());
                operation.parameters.stream()
                        .filter(parameter -> !served.contains(parameter))
                        .forEach(parameter -> actual.add(operation.name() + " " + parameter));
            }
        }
        Set<String> listed = listed(page);
        var findings = new ArrayList<String>();
        actual.stream()
                .filter(difference -> !listed.contains(difference))
                .forEach(missing -> findings.add("add to " + FILE + ": " + missing));
        listed.stream()
                .filter(difference -> !actual.contains(difference))
                .forEach(
                        served -> findings.add("remove from " + FILE + ", because it is served or unknown: " + served));
        return findings;
    }

    /** The operations of the first table, and of the second those with each of their parameters. */
    private static Set<String> listed(String page) {
        var listed = new TreeSet<String>();
        rows(page, "## Not served").forEach(row -> listed.addAll(quoted(row.get(0))));
        rows(page, "## Query parameters that are not served")
                .forEach(row -> quoted(row.get(1))
                        .forEach(parameter -> listed.add(quoted(row.get(0)).get(0) + " " + parameter)));
        return listed;
    }

    private static List<List<String>> rows(String page, String heading) {
        String section =
                page.substring(page.indexOf(heading) + heading.length()).split("\n## ", 2)[0];
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.asList(line.substring(1).split("\\|")))
                .toList();
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    @Test
    void namesExactlyTheOperationsThatAreNotServed() {
        assertThat(findings(PAGE, ROUTES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        | `PATCH /api/v3/openmeter/features/{featureId}`; | PATCH; 'add to docs/compatibility.md: PATCH /api/v3/openmeter/features/{featureId}'
        `filterCustomerId`, ; ''; 'add to docs/compatibility.md: GET /api/v1/portal/meters/{meterSlug}/query filterCustomerId'
        `GET /api/v3/openmeter/events/subjects`; `POST /api/v1/meters`; 'remove from docs/compatibility.md, because it is served or unknown: POST /api/v1/meters'
        `filterCustomerId`; `from`; 'remove from docs/compatibility.md, because it is served or unknown: GET /api/v1/portal/meters/{meterSlug}/query from'
        """)
    void findsADeviationOfThePage(String was, String is, String finding) {
        assertThat(PAGE).contains(was);
        assertThat(findings(PAGE.replace(was, is), ROUTES)).contains(finding);
    }

    @Test
    void findsARouteThatIsNoLongerServed() {
        List<Route> without = ROUTES.stream()
                .filter(route -> !route.function().equals("getMeter"))
                .toList();

        assertThat(findings(PAGE, without)).containsExactly("add to " + FILE + ": GET /api/v1/meters/{meterIdOrSlug}");
    }
}
