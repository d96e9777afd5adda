package dev.odometer.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A function in AWS's own runtime client, started as by the managed runtime: the client on the class path, the
 * function's folder as the working directory, the C1 compiler and the serial collector.
 *
 * @param folder the unpacked function with its jars in {@code lib}
 * @param isFlat whether the function's jars are also on the JVM's class path, instead of in the client's class loader
 * @param jvm additional JVM options
 * @param expected a text that a correct response contains
 */
record LambdaFunction(
        String name,
        LambdaRuntime runtime,
        Path folder,
        boolean isFlat,
        List<String> jvm,
        String handler,
        Map<String, String> settings,
        String event,
        String expected) {

    private static final int WARM = 300;
    private static final int COUNTED = 100;

    /**
     * @param cold milliseconds from process start to the first response
     * @param warm the median of warm requests, in milliseconds
     * @param peak the peak resident memory, in MiB
     */
    record Sample(double cold, double warm, double peak) {

        static double median(List<Sample> all, ToDoubleFunction<Sample> part) {
            return all.stream()
                    .mapToDouble(part)
                    .sorted()
                    .skip(all.size() / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }

    LambdaFunction flat(String newName, String... options) {
        return new LambdaFunction(newName, runtime, folder, true, List.of(options), handler, settings, event, expected);
    }

    LambdaFunction on(LambdaRuntime other, String newName) {
        return new LambdaFunction(newName, other, folder, isFlat, jvm, handler, settings, event, expected);
    }

    Sample run() throws Exception {
        try (var api = new RuntimeApi()) {
            long start = System.nanoTime();
            Process process = start(api, Map.of());
            try {
                double cold = (answer(api, event) - start) / 1e6;
                long[] warm = new long[COUNTED];
                for (int i = 0; i < WARM + COUNTED; i++) {
                    long sent = System.nanoTime();
                    warm[Math.max(0, i - WARM)] = answer(api, event) - sent;
                }
                return new Sample(cold, Report.percentile(warm, 0.5), Memory.peakMebibytes(process));
            } finally {
                process.destroy();
                process.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** The durations of invocations with different events, in nanoseconds, after as many that are not counted. */
    long[] durations(int counted, IntFunction<String> events) throws Exception {
        try (var api = new RuntimeApi()) {
            Process process = start(api, Map.of());
            try {
                long[] durations = new long[counted];
                for (int i = 0; i < 2 * counted; i++) {
                    String sent = events.apply(i);
                    long start = System.nanoTime();
                    durations[i % counted] = answer(api, sent) - start;
                }
                return durations;
            } finally {
                process.destroy();
                process.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** The folder of an unpacked zip. */
    static Path unpacked(Path zip) throws IOException {
        Path folder = TemporaryFolder.create("odometer-function");
        Files.createDirectories(folder.resolve("lib"));
        try (var archive = FileSystems.newFileSystem(zip);
                Stream<Path> jars = Files.list(archive.getPath("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, folder.resolve("lib").resolve(jar.getFileName().toString()));
            }
        }
        return folder;
    }

    /**
     * A training run: it initializes as before a snapshot and exits, upon which the JVM writes the archive that its
     * options name.
     */
    void train() throws Exception {
        try (var api = new RuntimeApi()) {
            Process process = start(api, Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
            String reached = api.response().body();
            process.destroy();
            process.onExit().get(2, TimeUnit.MINUTES);
            if (!reached.equals("restored")) {
                throw new IllegalStateException(name + ": initialization failed: " + reached);
            }
        }
    }

    /** As {@link #train}, but with the first response to the event. */
    void trainWithEvent() throws Exception {
        try (var api = new RuntimeApi()) {
            Process process = start(api, Map.of());
            try {
                answer(api, event);
            } finally {
                process.destroy();
                process.onExit().get(2, TimeUnit.MINUTES);
            }
        }
    }

    /** The response of a new process to an event, and all that it logged. */
    LambdaAnswer answer(String other) throws Exception {
        Path log = Files.createTempFile("odometer-lambda", ".log");
        try (var api = new RuntimeApi()) {
            Process process = start(api, Map.of(), log);
            try {
                String response = api.invoke(other).body();
                return new LambdaAnswer(response, Files.readString(log, StandardCharsets.ISO_8859_1));
            } finally {
                process.destroy();
                process.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private long answer(RuntimeApi api, String sent) throws InterruptedException {
        RuntimeApi.Response response = api.invoke(sent);
        if (!new LambdaAnswer(response.body(), "").contains(expected)) {
            throw new IllegalStateException(name + ": unexpected response: " + response.body());
        }
        return response.nanos();
    }

    private Process start(RuntimeApi api, Map<String, String> more) throws IOException {
        return start(api, more, Files.createTempFile("odometer-lambda", ".log"));
    }

    private Process start(RuntimeApi api, Map<String, String> more, Path log) throws IOException {
        var builder = new ProcessBuilder(command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", api.address(),
                        "AWS_LAMBDA_FUNCTION_NAME", "measured",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                        "AWS_REGION", "eu-west-1",
                        "LAMBDA_TASK_ROOT", folder.toString(),
                        "LANG", "en_US.UTF-8",
                        "TZ", ":UTC"));
        builder.environment().putAll(settings);
        builder.environment().putAll(more);
        return builder.start();
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(runtime.java().toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx448m"));
        command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        command.add("-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                + runtime.nativeLibrary());
        command.addAll(jvm);
        Stream<Path> own = isFlat ? LambdaRuntime.jars(folder.resolve("lib")).stream() : Stream.of();
        command.add("-cp");
        command.add(String.join(
                ":",
                Stream.concat(runtime.jars().stream(), own).map(Path::toString).toList()));
        command.addAll(List.of("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", handler));
        return command;
    }
}
