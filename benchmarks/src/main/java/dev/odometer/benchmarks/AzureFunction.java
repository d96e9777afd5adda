package dev.odometer.benchmarks;

import dev.odometer.conformance.azure.WorkerProcess;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The deployed function app in Azure's own worker, behind the simulated host of the conformance tests.
 *
 * @param worker the folder of the worker, which no registry provides
 * @param deployment the folder of the function app
 * @param path the path of the measured request
 * @param expected a text that a correct response contains
 */
record AzureFunction(
        Path worker, Path deployment, Map<String, String> settings, String path, String query, String expected) {

    private static final int WARM = 300;
    private static final int COUNTED = 100;

    /** @throws IllegalStateException if the folder contains no worker */
    LambdaFunction.Sample run() throws Exception {
        try (var process = WorkerProcess.start(worker, deployment, settings)) {
            answer(process);
            double cold = process.age().toNanos() / 1e6;
            long[] warm = new long[COUNTED];
            for (int i = 0; i < WARM + COUNTED; i++) {
                long sent = System.nanoTime();
                answer(process);
                warm[Math.max(0, i - WARM)] = System.nanoTime() - sent;
            }
            return new LambdaFunction.Sample(
                    cold, Report.percentile(warm, 0.5), Memory.peakMebibytes(process.process()));
        }
    }

    private void answer(WorkerProcess process) throws Exception {
        HttpReply reply = process.send(new HttpRequest("GET", path, query, Headers.NONE, new byte[0]));
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        if (!body.contains(expected)) {
            throw new IllegalStateException("unexpected response of Azure's worker: " + reply.status() + " " + body);
        }
    }
}
