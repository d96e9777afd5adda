package dev.odometer.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the benchmarks that the arguments name, or all: {@code ingest}, {@code single}, {@code storage}, {@code query},
 * {@code value}, {@code backtest}, {@code settlement}, {@code disk}, {@code kafka}, {@code coldstart}, {@code import},
 * {@code memory}, {@code costs}, {@code spikes}, {@code rating}. {@code comparison} runs only if it is named, since it needs what
 * {@code -Pcomparison} builds. {@code -Devents=} sets
 * a smaller number of events than the documented one. {@code -Ddata=} keeps the data of the queries in a folder and
 * reuses it in later runs. {@code rating} and {@code comparison} need no packaged service.
 */
public final class Benchmarks {

    private static final List<String> ALL = List.of(
            "rating",
            "ingest",
            "single",
            "storage",
            "query",
            "value",
            "backtest",
            "settlement",
            "disk",
            "kafka",
            "coldstart",
            "import",
            "memory",
            "costs",
            "spikes");

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        List<String> named = names(arguments);
        Report.machine();
        if (named.contains("rating")) {
            RatingBenchmark.run();
        }
        if (named.contains("comparison")) {
            ComparisonBenchmark.run();
        }
        if (!List.of("rating", "comparison").containsAll(named)) {
            runOnService(named, app());
        }
    }

    /** Sets the properties among the arguments, as {@code -D} does before {@code -jar}, and returns the other ones. */
    private static List<String> names(String[] arguments) {
        var names = new ArrayList<String>();
        for (String argument : arguments) {
            if (argument.matches("-D[^=]+=.*")) {
                String[] property = argument.substring(2).split("=", 2);
                System.setProperty(property[0], property[1]);
            } else if (ALL.contains(argument) || argument.equals("comparison")) {
                names.add(argument);
            } else {
                throw new IllegalArgumentException(
                        argument + " is none of the benchmarks comparison, " + String.join(", ", ALL));
            }
        }
        return names.isEmpty() ? ALL : names;
    }

    private static void runOnService(List<String> named, Path app) throws Exception {
        if (named.contains("ingest") || named.contains("single") || named.contains("storage")) {
            try (var service = Service.start(app, TemporaryFolder.create("odometer-ingest"), "-Xmx256m")) {
                new IngestBenchmark(service).run(named);
                if (named.contains("storage")) {
                    new StorageBenchmark(service.database()).run();
                }
            }
        }
        // In the order of the default list.
        var others = new LinkedHashMap<String, Benchmark>();
        others.put("query", QueryBenchmark::run);
        others.put("value", ValueBenchmark::run);
        others.put("backtest", BacktestBenchmark::run);
        others.put("settlement", SettlementBenchmark::run);
        others.put("disk", DiskBenchmark::run);
        others.put("kafka", KafkaBenchmark::run);
        others.put("coldstart", ColdStartBenchmark::run);
        others.put("import", ImportBenchmark::run);
        others.put("memory", MemoryBenchmark::run);
        others.put("costs", CostsBenchmark::run);
        others.put("spikes", SpikesBenchmark::run);
        for (Map.Entry<String, Benchmark> other : others.entrySet()) {
            if (named.contains(other.getKey())) {
                other.getValue().run(app);
            }
        }
    }

    /** A benchmark that starts the packaged service itself. */
    private interface Benchmark {
        void run(Path app) throws Exception;
    }

    /** The packaged service, which the build of this module also builds. */
    private static Path app() throws Exception {
        Path folder = Path.of(System.getProperty("app.folder", "adapters/platforms/local-http/target"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no packaged service (*-app.jar) in " + folder));
        }
    }
}
