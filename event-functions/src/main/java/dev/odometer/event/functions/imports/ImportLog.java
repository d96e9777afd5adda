package dev.odometer.event.functions.imports;

import dev.odometer.functions.file.FileName;
import dev.odometer.metering.imports.Progress;
import dev.odometer.metering.imports.UsageImport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Logs the progress of an import every five seconds, and its result. */
final class ImportLog {

    private static final System.Logger LOG = System.getLogger("dev.odometer.event.functions.imports");
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private long last = System.nanoTime();

    static void ignored(FileName file) {
        LOG.log(System.Logger.Level.INFO, () -> file.path() + " is ignored, see odometer.imports.ignore");
    }

    void progress(UsageImport at) {
        long now = System.nanoTime();
        if (now - last >= INTERVAL_NANOS && !at.ended()) {
            last = now;
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> sentence(at, at.share().movePointRight(2).toBigInteger() + " % read"));
        }
    }

    void finished(UsageImport at) {
        String outcome = at.reason() == null ? "done" : "failed: " + at.reason();
        LOG.log(
                at.reason() == null ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                () -> sentence(at, outcome));
    }

    private static String sentence(UsageImport at, String state) {
        Progress progress = at.progress();
        return String.format(
                Locale.ROOT,
                "import %s of %s/%s: %s; %d lines in %.1f s, %d lines/s; %d counted, %d repeated, %d rejected",
                at.id(),
                at.file().name().container(),
                at.file().name().key(),
                state,
                progress.lines(),
                BigDecimal.valueOf(progress.worked().toMillis(), 3),
                progress.linesPerSecond(),
                progress.counted(),
                progress.repeated(),
                progress.rejected());
    }
}
