package dev.odometer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cold starts on Lambda, from process start to the first response: a query of this service with data, a hello function
 * on Spring Cloud Function's own adapter, and a bare handler. The functions alternate, so that disturbances of the
 * machine affect all of them.
 */
final class ColdStartBenchmark {

    private static final int RUNS = Integer.getInteger("runs", 9);
    static final Path BASELINES = Path.of(System.getProperty("baselines.folder", "benchmarks/lambda-baselines/target"));
    static final Path LAMBDA = Path.of(System.getProperty("lambda.folder", "adapters/platforms/aws-lambda/target"));
    private static final Path GOOGLE =
            Path.of(System.getProperty("google.folder", "adapters/platforms/google-cloud/target"));
    private static final String QUERY_NAME = "this service's query";
    private static final String GOOGLE_NAME = "the same query in Google's invoker";
    private static final String AZURE_NAME = "the same query in Azure's worker";
    private static final String WORKER = "azure.worker.dir";
    private static final Path AZURE = Path.of(
            System.getProperty("azure.folder", "adapters/platforms/azure-functions/target/azure-functions/odometer"));
    private static final String METER = "/api/v1/meters/tokens/query";
    private static final String QUERY =
            "windowSize=DAY&from=2026-03-01T00:00:00Z&to=2026-03-08T00:00:00Z&subject=customer-"
                    + new SplittableRandom(0).nextInt(Load.SUBJECTS);
    private static final String STOCK_NAME = "stock hello";
    private static final String BARE_NAME = "a bare handler";

    private final Map<String, List<LambdaFunction.Sample>> samples = new LinkedHashMap<>();
    private final LambdaRuntime runtime = LambdaRuntime.of(BASELINES.resolve("runtime"));
    private final Service service;

    private ColdStartBenchmark(Service service) throws IOException {
        this.service = service;
    }

    static void run(Path app) throws Exception {
        try (var service = Service.start(app, TemporaryFolder.create("odometer-coldstart"), "-Xmx256m")) {
            Load.meters(service);
            String events =
                    Load.batch(0, i -> Instant.parse("2026-03-01T00:00:00Z").plusSeconds(i * 600));
            service.post("/api/v1/events", "application/cloudevents-batch+json", events);
            new ColdStartBenchmark(service).run();
        }
    }

    private void run() throws Exception {
        Path zip = only(LAMBDA, ".zip");
        LambdaFunction queryFunction = queryFunction(zip);
        List<LambdaFunction> functions =
                new ArrayList<>(List.of(queryFunction, stock(), bare(), archived(queryFunction)));
        String newer = System.getProperty("newer.java.home");
        if (newer != null) {
            LambdaRuntime on = runtime.on(Path.of(newer));
            functions.add(stock().on(on, STOCK_NAME + ", newer JDK"));
            functions.add(cached(queryFunction.on(on, QUERY_NAME + ", newer JDK")));
        }
        GoogleFunction google = google();
        Optional<AzureFunction> azure = azure(System.getProperty(WORKER), settings());
        for (int run = 0; run < RUNS; run++) {
            for (LambdaFunction function : functions) {
                samples.computeIfAbsent(function.name(), name -> new ArrayList<>())
                        .add(function.run());
            }
            samples.computeIfAbsent(google.name(), name -> new ArrayList<>()).add(google.run());
            if (azure.isPresent()) {
                samples.computeIfAbsent(AZURE_NAME, name -> new ArrayList<>())
                        .add(azure.get().run());
            }
        }
        report();
        if (azure.isEmpty()) {
            Report.missing(AZURE_NAME, "-D" + WORKER + "=<folder of Azure's Java worker>");
        }
        Report.line("size of the zip", Files.size(zip) / 1024.0 / 1024, "MiB", "");
        Report.line(
                "jars in the zip",
                LambdaRuntime.jars(queryFunction.folder().resolve("lib")).size(),
                "",
                "");
    }

    private void report() {
        samples.forEach((name, all) -> {
            Report.line(
                    name + ", first response",
                    LambdaFunction.Sample.median(all, LambdaFunction.Sample::cold),
                    "ms",
                    "");
            Report.line("  relative to the " + STOCK_NAME, cold(name) / cold(STOCK_NAME), "", limit(name));
            Report.line("  warm request", LambdaFunction.Sample.median(all, LambdaFunction.Sample::warm), "ms", "");
            Report.line(
                    "  peak resident memory",
                    LambdaFunction.Sample.median(all, LambdaFunction.Sample::peak),
                    "MiB",
                    "");
        });
    }

    private static String limit(String name) {
        if (!name.startsWith(QUERY_NAME)) {
            return "";
        }
        return name.equals(QUERY_NAME) ? "at most 0.6" : "at most 0.35";
    }

    private double cold(String name) {
        return LambdaFunction.Sample.median(samples.getOrDefault(name, List.of()), LambdaFunction.Sample::cold);
    }

    private LambdaFunction queryFunction(Path zip) throws IOException {
        return new LambdaFunction(
                QUERY_NAME,
                runtime,
                LambdaFunction.unpacked(zip),
                false,
                List.of(),
                "dev.odometer.aws.lambda.LambdaHandler::handleRequest",
                settings(),
                event(METER, QUERY),
                "windowStart");
    }

    private GoogleFunction google() throws IOException {
        return new GoogleFunction(
                GOOGLE_NAME,
                only(BASELINES.resolve("invoker"), ".jar"),
                GOOGLE.resolve("odometer-google-cloud"),
                settings(),
                METER + "?" + QUERY,
                "windowStart");
    }

    /** Empty without the folder of the worker. */
    static Optional<AzureFunction> azure(@Nullable String worker, Map<String, String> settings) {
        return Optional.ofNullable(worker)
                .filter(folder -> !folder.isBlank())
                .map(folder -> new AzureFunction(Path.of(folder), AZURE, settings, METER, QUERY, "windowStart"));
    }

    /** The group of functions that answers queries, as it is deployed on AWS. */
    private Map<String, String> settings() throws IOException {
        return Map.of(
                "SPRING_CLOUD_FUNCTION_DEFINITION",
                "queryUsage;queryUsageV3;queryPortalMeter;listEvents;listEventsV2;listMeterSubjects;listMeterGroupByValues",
                "ODOMETER_DATABASE_URL",
                service.databaseUrl(),
                "ODOMETER_DATABASE_USER",
                "postgres",
                "ODOMETER_DATABASE_PASSWORD",
                service.databasePassword());
    }

    private LambdaFunction stock() {
        Path folder = BASELINES.resolve("stock").toAbsolutePath();
        return new LambdaFunction(
                STOCK_NAME,
                runtime,
                folder,
                false,
                List.of(),
                "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest",
                Map.of("MAIN_CLASS", "dev.odometer.lambda.baselines.HelloApplication"),
                event("/hello", ""),
                "hello");
    }

    private LambdaFunction bare() throws IOException {
        Path folder = TemporaryFolder.create("odometer-bare");
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.copy(only(BASELINES.resolve("stock/lib"), "-SNAPSHOT.jar"), lib.resolve("bare.jar"));
        return new LambdaFunction(
                BARE_NAME,
                runtime,
                folder,
                false,
                List.of(),
                "dev.odometer.lambda.baselines.BareHandler::handleRequest",
                Map.of(),
                event("/hello", ""),
                "hello");
    }

    /** A class-data archive as deploy/aws/archive creates it, with a database available. */
    private static LambdaFunction archived(LambdaFunction function) throws Exception {
        Path archive = function.folder().resolve("classes.jsa");
        function.flat("training", "-XX:ArchiveClassesAtExit=" + archive).train();
        return function.flat(function.name() + ", class-data archive", "-XX:SharedArchiveFile=" + archive);
    }

    private static LambdaFunction cached(LambdaFunction function) throws Exception {
        Path cache = function.folder().resolve("classes.aot");
        function.flat("training", "-XX:AOTCacheOutput=" + cache).train();
        return function.flat(function.name() + ", AOT cache", "-XX:AOTCache=" + cache);
    }

    static Path only(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no file *" + ending + " in " + folder));
        }
    }

    /** An event of an HTTP API, payload format 2.0. */
    private static String event(String path, String query) {
        return """
                {"version":"2.0","routeKey":"$default","rawPath":"%s","rawQueryString":"%s",
                "headers":{"accept":"application/json","host":"usage.example.com","x-forwarded-proto":"https"},
                "requestContext":{"accountId":"123456789012","apiId":"measured","domainName":"usage.example.com",
                "http":{"method":"GET","path":"%s","protocol":"HTTP/1.1","sourceIp":"192.0.2.1","userAgent":"benchmark"},
                "requestId":"measured","routeKey":"$default","stage":"$default","timeEpoch":1772323200000},
                "body":"you","isBase64Encoded":false}
                """.formatted(path, query, path);
    }
}
