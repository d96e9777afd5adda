package dev.odometer.conformance;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.odometer.door.route.RouteTable;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.schedule.Schedule;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/** Functions, tables, modules and the reference page are consistent. */
class WiringTest {

    private static final Wiring WIRING = Wiring.ofAllFunctions();
    /** Functions without a case, since their responses depend on everything that other cases have stored. */
    private static final Set<String> LISTS_THE_STORE = Set.of(
            "listSubjects", "listMeters", "listNotificationChannels", "listNotificationRules", "getDebugMetrics");

    private static final String PAGE = ContainerFiles.read(Reference.FILE);

    @Test
    void everyFunctionHasARowAndEveryRowAFunction() {
        Set<String> named = WIRING.rows().stream().map(Wiring.Row::function).collect(toSet());

        assertThat(named).hasSizeGreaterThan(60);
        assertThat(WIRING.functions().keySet()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void functionsAreNamedLikeTheirClasses() {
        WIRING.functions()
                .forEach((name, function) ->
                        assertThat(name).isEqualToIgnoringCase(function.type().getSimpleName()));
    }

    @Test
    void functionsAreInThePackageOfTheirModule() {
        assertThat(WIRING.functions())
                .allSatisfy((name, function) -> assertThat(function.type().getPackageName())
                        .isEqualTo(function.module().getPackageName()));
    }

    @Test
    void modulesDeclareAFunctionWithItsRows() {
        assertThat(WIRING.functions())
                .allSatisfy((name, function) -> assertThat(WIRING.rows())
                        .filteredOn(row -> row.function().equals(name))
                        .extracting(Wiring.Row::module)
                        .containsOnly(function.module()));
    }

    @Test
    void everyFunctionWithARouteHasACase() {
        var routes = RouteTable.of(WIRING.routes(), Function.identity());
        Set<String> inCases = Case.all().stream()
                .flatMap(example -> example.steps().stream())
                .flatMap(step -> {
                    String path = step.request().required("path").asString().replaceFirst("\\?.*", "");
                    List<String> segments = List.of(path.substring(1).split("/"));
                    return routes.find(step.request().required("method").asString(), segments).stream();
                })
                .map(match -> match.serves().function())
                .collect(toSet());

        assertThat(WIRING.routes().stream().filter(row -> !LISTS_THE_STORE.contains(row.function())))
                .allSatisfy(row -> assertThat(inCases)
                        .as("add to a case in docs/examples: a step that requests %s %s", row.method(), row.path())
                        .contains(row.function()));
    }

    @Test
    void rowsAreUnique() {
        assertThat(WIRING.routes())
                .extracting(route -> route.method() + " " + route.path())
                .doesNotHaveDuplicates();
        assertThat(WIRING.bindings()).extracting(Binding::channel).doesNotHaveDuplicates();
        assertThat(WIRING.schedules()).extracting(Schedule::name).doesNotHaveDuplicates();
    }

    @Test
    void everyModuleIsAnAutoConfiguration() {
        Set<String> listed =
                ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates().stream()
                        .filter(name -> name.matches("dev\\.odometer\\.(api|event)\\.functions\\..*"))
                        .collect(toSet());
        List<String> modules = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.odometer.api.functions", "dev.odometer.event.functions")
                        .stream()
                        .map(JavaClass::getName)
                        .filter(name -> name.endsWith("Module"))
                        .toList();

        assertThat(listed)
                .as(
                        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports of the function modules")
                .containsExactlyInAnyOrderElementsOf(modules);
    }

    @Test
    void thePageListsExactlyTheRows() {
        assertThat(Reference.findings(PAGE, WIRING.rows())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        GET /api/v1/meters`;   GET /api/v1/meter`;  'add to docs/reference.md: | `listMeters` | `GET /api/v1/meters` | `api.functions.meters.MetersModule` |'
        GET /api/v1/meters`;   GET /api/v1/meter`;  'remove from docs/reference.md: | `listMeters` | `GET /api/v1/meter` | `api.functions.meters.MetersModule` |'
        ExportsModule;         ReportsModule;       'add to docs/reference.md: | `runExports` | schedule `runExports`: `* * * * *` | `event.functions.exports.ExportsModule` |'
        5 attempts;            3 attempts;          'add to docs/reference.md: | `recordUsage` | channel `usage`: events in batches, order by key, 5 attempts, dead letters in `usage.parked` | `event.functions.usage.UsageModule` |'
        30 3 *;                30 4 *;              'add to docs/reference.md: | `applyRetention` | schedule `applyRetention`: `30 3 * * *` | `event.functions.retention.RetentionModule` |'
        """)
    void findsADeviationOfThePage(String was, String is, String finding) {
        assertThat(PAGE).contains(was);
        assertThat(Reference.findings(PAGE.replace(was, is), WIRING.rows())).contains(finding);
    }

    @Test
    void findsARowMissingOnThePage() {
        Stream<Object> added = Stream.of(
                Route.get("/api/v1/new", "getNew"),
                Binding.files("scans", "readScan").attempts(2),
                new Schedule("nightly", "0 3 * * *", ZoneOffset.UTC, "tidy"));
        List<Wiring.Row> rows = Stream.concat(
                        WIRING.rows().stream(), added.map(row -> new Wiring.Row(WiringTest.class, row)))
                .toList();

        assertThat(Reference.findings(PAGE, rows))
                .containsExactly(
                        "add to docs/reference.md: | `getNew` | `GET /api/v1/new` | `conformance.WiringTest` |",
                        "add to docs/reference.md: | `readScan` | channel `scans`: files one at a time, order none, 2 attempts, dead letters in `scans.parked` | `conformance.WiringTest` |",
                        "add to docs/reference.md: | `tidy` | schedule `nightly`: `0 3 * * *` | `conformance.WiringTest` |");
    }
}
