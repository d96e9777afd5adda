package dev.odometer.benchmarks;

import java.io.BufferedWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The import of a CSV file from the watched folder, compared with the same number of events over HTTP to the same
 * service.
 */
final class ImportBenchmark {

    private static final String PROFILE = "-Dodometer.imports.profile.load.";
    private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.]+)");

    private final Service service;
    private final Path files;
    private final long lines = Long.getLong("events", 3_000_000);

    private ImportBenchmark(Service service, Path files) {
        this.service = service;
        this.files = files;
    }

    static void run(Path app) throws Exception {
        Path data = TemporaryFolder.create("odometer-import");
        try (var service = Service.start(
                app,
                data,
                "-Xmx256m",
                "-Dodometer.imports.profiles=load",
                PROFILE + "files=inbox/*.csv",
                PROFILE + "id=id",
                PROFILE + "subject=customer",
                PROFILE + "time=time",
                PROFILE + "type=request",
                PROFILE + "source=import",
                PROFILE + "data=tokens:number,model,region,duration_ms=duration")) {
            new ImportBenchmark(service, data.resolve("files")).run();
        }
    }

    private void run() throws Exception {
        Load.meters(service);
        double ingested = IngestBenchmark.rate(service, lines);
        Report.line("batch ingest, 1,000 per batch, " + lines + " events", ingested, "events/s", "");
        imported("import-plain.csv", ingested);
    }

    private void imported(String name, double ingested) throws Exception {
        Path file = write(name);
        long bytes = Files.size(file);
        Files.move(file, Files.createDirectories(files.resolve("inbox")).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        double rate = lines / finishedSeconds();
        Report.line("import of " + lines + " lines of CSV, " + bytes / (1 << 20) + " MiB", rate, "lines/s", "");
        Report.line("  ratio to the batch ingest", rate / ingested, "", "at least 0.8");
        Report.line("  peak resident memory of the JVM at -Xmx256m", service.peakMebibytes(), "MiB", "");
    }

    /** Waits for the import and returns the duration that the service reports. Fails unless every line was counted. */
    private double finishedSeconds() throws Exception {
        while (true) {
            HttpResponse<String> reply = service.get("/api/v1/imports?pageSize=1");
            String body = reply.body();
            if (body.contains("\"status\":\"failed\"")) {
                throw new IllegalStateException(body);
            }
            if (body.contains("\"status\":\"done\"")) {
                Matcher seconds = SECONDS.matcher(body);
                if (!body.contains("\"counted\":" + lines + ",") || !seconds.find()) {
                    throw new IllegalStateException("not all lines are counted: " + body);
                }
                return Double.parseDouble(seconds.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private Path write(String name) throws Exception {
        Path file = files.resolveSibling(name);
        Instant start = Instant.now();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,customer,time,tokens,model,region,duration\n");
            for (long i = 0; i < lines; i++) {
                var random = new SplittableRandom(i);
                out.write(String.format(
                        Locale.ROOT,
                        "line-%d,customer-%d,%s,%d,model-%d,region-%d,%d.5%n",
                        i,
                        random.nextInt(Load.SUBJECTS),
                        // Event times are as dense as at the expected rate, so that as many events share a minute.
                        start.plusNanos(i * 25_000),
                        random.nextInt(10_000),
                        random.nextInt(4),
                        random.nextInt(3),
                        random.nextInt(1000)));
            }
        }
        return file;
    }
}
