package dev.odometer.event.functions.imports;

import dev.odometer.event.functions.imports.format.FileKind;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.resource.Ulid;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Counts the usage in a file that has arrived: CloudEvents as lines or in an array, or CSV mapped by a profile. Each
 * event counts once, however often the file arrives. An interrupted import resumes after the last record that was
 * counted.
 */
public final class ImportUsageFile implements Consumer<Timed<FileArrival>> {

    private final ImportSource source;
    private final Imports imports;
    private final RejectedFile rejected;
    private final Ulid ids;

    public ImportUsageFile(ImportSource source, Imports imports) {
        this.source = source;
        this.imports = imports;
        this.rejected = new RejectedFile(source.store(), imports, source.documents());
        this.ids = new Ulid(source.clock());
    }

    /**
     * @throws Refusal UNAVAILABLE when the call must be repeated: the time runs out, another run holds the import, or
     *     the store does not respond; INVALID when the import has failed, with its reason; NOT_FOUND when the file does
     *     not exist
     */
    @Override
    public void accept(Timed<FileArrival> arrival) {
        var name = new FileName(arrival.item().container(), arrival.item().key());
        if (name.key().endsWith(FileName.REJECTED_SUFFIX)) {
            return;
        }
        if (source.settings().ignored().matches(name.path())) {
            ImportLog.ignored(name);
            return;
        }
        // Opens the current version: if the one that arrived has been replaced, the new one has an arrival of its own.
        FileVersion version;
        FileKind kind;
        try (FileContent content = source.store().open(name, null, 0)) {
            version = new FileVersion(name, content.version(), content.size());
            kind = FileKind.of(name.key(), content.contentType());
        } catch (IOException harmless) {
            throw Refusal.unavailable("the file store does not respond", harmless);
        } catch (Refusal refusal) {
            if (refusal.kind() == RefusalKind.NOT_FOUND) {
                imports.abandon(name, refusal.detail(), source.clock().instant());
            }
            throw refusal;
        }
        run(version, kind, arrival.deadline());
    }

    private void run(FileVersion version, FileKind kind, Deadline deadline) {
        String holder = ids.get();
        UsageImport taken = imports.take(ids.get(), version, ImportRun.lease(holder, source.clock()))
                .orElseThrow(() -> Refusal.unavailable("another run is importing this file"));
        if (taken.status() == Status.DONE) {
            return;
        }
        try {
            var run = new ImportRun(imports, source, holder, taken);
            run.count(() -> new Batches(source, kind, version, taken.progress()), deadline);
            UsageImport finished = run.finish(rejected);
            if (finished.reason() != null) {
                throw Refusal.invalid(finished.reason());
            }
        } catch (Refusal refusal) {
            throw refusal.kind() == RefusalKind.CONFLICT
                    ? Refusal.unavailable("another run took over this import", refusal)
                    : refusal;
        } finally {
            // Has no effect on a finished import, which has no lease.
            imports.release(taken.id(), ImportRun.lease(holder, source.clock()));
        }
    }
}
