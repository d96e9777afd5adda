package dev.odometer.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The deployed function in Google's own invoker, started as in the image.
 *
 * @param invoker the jar of the invoker
 * @param deployment the folder with the function's jar and {@code lib}
 * @param target path and query of the measured request
 * @param expected a text that a correct response contains
 */
record GoogleFunction(
        String name, Path invoker, Path deployment, Map<String, String> settings, String target, String expected) {

    private static final int WARM = 300;
    private static final int COUNTED = 100;

    LambdaFunction.Sample run() throws Exception {
        int port = Service.freePort();
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .build();
        long start = System.nanoTime();
        Process process = start(port);
        try {
            double cold = (firstResponse(client, request, process) - start) / 1e6;
            long[] warm = new long[COUNTED];
            for (int i = 0; i < WARM + COUNTED; i++) {
                long sent = System.nanoTime();
                answer(client, request);
                warm[Math.max(0, i - WARM)] = System.nanoTime() - sent;
            }
            return new LambdaFunction.Sample(cold, Report.percentile(warm, 0.5), Memory.peakMebibytes(process));
        } finally {
            process.destroy();
            process.onExit().get(2, TimeUnit.MINUTES);
        }
    }

    /** The invoker opens its port only when the function is loaded. */
    private long firstResponse(HttpClient client, HttpRequest request, Process process) throws Exception {
        while (process.isAlive()) {
            try {
                answer(client, request);
                return System.nanoTime();
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
        throw new IllegalStateException(name + ": the process ended before the first response");
    }

    private void answer(HttpClient client, HttpRequest request) throws Exception {
        String body = client.send(request, BodyHandlers.ofString()).body();
        if (!body.contains(expected)) {
            throw new IllegalStateException(name + ": unexpected response: " + body);
        }
    }

    private Process start(int port) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var builder = new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx307m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        invoker.toString(),
                        "--classpath",
                        deployment.resolve("odometer-google-cloud.jar") + ":" + deployment.resolve("lib") + "/*",
                        "--target",
                        "dev.odometer.google.cloud.CloudFunction",
                        "--port",
                        String.valueOf(port)))
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("odometer-google", ".log").toFile());
        builder.environment().clear();
        builder.environment().putAll(settings);
        return builder.start();
    }
}
