package dev.odometer.postgres.archive;

import dev.odometer.functions.archive.ArchiveMaintenance.Changed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes archived files one after another, each in a transaction. Files that cannot be read are skipped. */
final class PartChanges {

    private final Parts parts;
    private final Leftovers leftovers;

    PartChanges(Parts parts, Leftovers leftovers) {
        this.parts = parts;
        this.leftovers = leftovers;
    }

    /** A change of files. */
    interface Change {

        /**
         * Reads the file, outside of a transaction.
         *
         * @return whether it has to be changed
         * @throws Refusal UNAVAILABLE when it is missing or damaged
         */
        boolean prepare(Parts.Stored part);

        /** Changes the file that was prepared, in a transaction, and returns the number of events that it affects. */
        long apply(Parts.Stored part);
    }

    /** Changes the files of these numbers, and deletes those that are replaced. */
    Changed run(List<Long> ids, Change change, Consumer<String> progress) {
        var problems = new ArrayList<String>();
        long events = 0;
        long files = 0;
        for (long id : ids) {
            Parts.Stored part = parts.find(id).orElse(null);
            if (part != null && isPrepared(change, part, problems, progress)) {
                long changed = parts.change(
                        () -> parts.find(id).isPresent() ? Long.valueOf(change.apply(part)) : Long.valueOf(0));
                events += changed;
                files += changed > 0 ? 1 : 0;
                progress.accept(part.file().path() + ": " + changed + " events");
            }
        }
        leftovers.delete();
        return new Changed(events, files, List.copyOf(problems));
    }

    private static boolean isPrepared(
            Change change, Parts.Stored part, List<String> problems, Consumer<String> progress) {
        try {
            return change.prepare(part);
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.UNAVAILABLE) {
                throw refusal;
            }
            problems.add(refusal.detail());
            progress.accept(refusal.detail());
            return false;
        }
    }
}
