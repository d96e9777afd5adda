package dev.odometer.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The same hello on several frameworks in AWS's runtime client, as tables in Markdown: the figures, and how each
 * framework translates unusual requests. The functions alternate, so that disturbances of the machine affect all of them.
 */
final class ComparisonBenchmark {

    private static final int RUNS = Integer.getInteger("runs", 11);
    private static final Path RUNTIME =
            Path.of(System.getProperty("baselines.folder", "benchmarks/lambda-baselines/target"), "runtime");

    private static final int MAX_ATTEMPTS = 3;

    private final LambdaRuntime runtime;
    private final Map<String, Integer> unanswered = new LinkedHashMap<>();
    private final Map<ComparedFramework, Path> unpacked = new LinkedHashMap<>();

    private ComparisonBenchmark(LambdaRuntime runtime) throws Exception {
        this.runtime = runtime;
        for (ComparedFramework framework : ComparedFramework.ALL) {
            unpacked.put(framework, framework.unpacked());
        }
    }

    static void run() throws Exception {
        var benchmark = new ComparisonBenchmark(LambdaRuntime.of(RUNTIME));
        benchmark.figures();
        benchmark.cases();
    }

    /** A row of figures: the zip as deployed, and the same function started from a class-data archive. */
    private record Row(
            ComparedFramework framework,
            LambdaFunction function,
            LambdaFunction archived,
            List<LambdaFunction.Sample> samples,
            List<LambdaFunction.Sample> archivedSamples) {}

    private void figures() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (ComparedFramework framework : ComparedFramework.ALL) {
            LambdaFunction function = function(framework, "hello");
            LambdaFunction archived =
                    archived(framework.deployed(runtime, ComparedFramework.packed(unpacked(framework)), "hello"));
            rows.add(new Row(framework, function, archived, new ArrayList<>(), new ArrayList<>()));
        }
        for (int run = 0; run < RUNS; run++) {
            for (Row row : rows) {
                row.samples().add(sample(row.function()));
                row.archivedSamples().add(sample(row.archived()));
            }
        }
        System.out.printf("%nMedians of %d rounds:%n%n", RUNS);
        System.out.println("| | first answer | relative | from an archive | warm request | peak memory | zip | jars |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        Row own = rows.stream()
                .filter(row -> row.framework().equals(ComparedFramework.OWN))
                .findFirst()
                .orElseThrow();
        rows.forEach(row -> print(row, own));
        unanswered.forEach((name, count) -> System.out.printf(
                "%n%s: %d processes stopped answering, and their runs were repeated.%n", name, count));
    }

    /** The figures of a process that answers all requests. One that does not is reported, and does not end the benchmark. */
    private LambdaFunction.Sample sample(LambdaFunction function) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return function.run();
            } catch (RuntimeApi.NoResponseException stopped) {
                unanswered.merge(function.name(), 1, Integer::sum);
                if (attempt == MAX_ATTEMPTS) {
                    throw stopped;
                }
            }
        }
    }

    private void print(Row row, Row own) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f ms | %.2f | %,.0f ms | %.2f ms | %.0f MiB | %.1f MiB | %d |%n",
                row.framework().title(unpacked(row.framework())),
                LambdaFunction.Sample.median(row.samples(), LambdaFunction.Sample::cold),
                relative(row.samples(), own.samples()),
                LambdaFunction.Sample.median(row.archivedSamples(), LambdaFunction.Sample::cold),
                LambdaFunction.Sample.median(row.samples(), LambdaFunction.Sample::warm),
                LambdaFunction.Sample.median(row.samples(), LambdaFunction.Sample::peak),
                row.framework().mebibytes(),
                LambdaRuntime.jars(unpacked(row.framework()).resolve("lib")).size());
    }

    /** The median of the ratios within a round, because the load of the machine changes from round to round. */
    private static double relative(List<LambdaFunction.Sample> all, List<LambdaFunction.Sample> own) {
        return IntStream.range(0, all.size())
                .mapToDouble(round -> all.get(round).cold() / own.get(round).cold())
                .sorted()
                .skip(all.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private LambdaFunction function(ComparedFramework framework, String function) {
        return framework.deployed(runtime, unpacked(framework), function);
    }

    /** All classes on the JVM's class path, with an archive of those that the first answer needs. */
    private static LambdaFunction archived(LambdaFunction function) throws Exception {
        Path archive = function.folder().resolve("classes.jsa");
        function.flat("training", "-XX:ArchiveClassesAtExit=" + archive).trainWithEvent();
        return function.flat(function.name(), "-XX:SharedArchiveFile=" + archive);
    }

    private void cases() throws Exception {
        List<ComparedFramework> compared = ComparedFramework.ALL.stream()
                .filter(framework -> !framework.folder().equals("none"))
                .toList();
        table(ComparisonCases.http(), compared);
        table(ComparisonCases.batches(), List.of(ComparedFramework.OWN, ComparedFramework.STOCK));
    }

    private void table(List<ComparisonCase> cases, List<ComparedFramework> compared) throws Exception {
        System.out.println();
        System.out.println("| | "
                + String.join(
                        " | ", compared.stream().map(ComparedFramework::name).toList()) + " |");
        System.out.println("|---".repeat(compared.size() + 1) + "|");
        Map<ComparisonCase, List<String>> cells = new LinkedHashMap<>();
        for (ComparedFramework framework : compared) {
            for (ComparisonCase one : cases) {
                String cell = framework.lacks(one.function())
                        ? "not possible"
                        : one.cell(function(framework, one.function()).answer(one.event()));
                cells.computeIfAbsent(one, row -> new ArrayList<>()).add(cell);
            }
        }
        cells.forEach((row, all) -> System.out.println("| " + row.name() + " | " + String.join(" | ", all) + " |"));
    }

    private Path unpacked(ComparedFramework framework) {
        return Objects.requireNonNull(unpacked.get(framework));
    }
}
