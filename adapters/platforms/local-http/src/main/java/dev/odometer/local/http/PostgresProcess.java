package dev.odometer.local.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's processes on a data folder, as the operating system knows them. */
final class PostgresProcess {

    private static final long GLANCE_MILLIS = 20;

    private PostgresProcess() {}

    /** The first process, by the file that it leaves in its folder: one that lives and runs our programs. */
    static Optional<ProcessHandle> of(DataFolder folder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile(folder));
            long number = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
            return ProcessHandle.of(number)
                    // After a crash another process may have its number.
                    .filter(process -> runs(process, folder.programs()));
        } catch (NoSuchFileException | NumberFormatException noneOrHalfWritten) {
            return Optional.empty();
        }
    }

    private static boolean runs(ProcessHandle process, Path programs) {
        return process.info()
                .command()
                .filter(command -> Path.of(command).startsWith(programs))
                .isPresent();
    }

    /**
     * Makes sure that nothing of an earlier server is left: neither one that a killed service orphaned, nor the last
     * processes of one that was killed, nor its file. A new server would not start beside any of them, not even beside
     * the file where the dead process is still on the list.
     *
     * @throws IOException when a process cannot be stopped
     */
    static void clear(DataFolder folder, int patienceSeconds) throws IOException {
        // Its clients are gone, so waiting for them to leave, which is what this signal means, takes no time.
        of(folder).ifPresent(orphan -> {
            orphan.destroy();
            hasEnded(orphan, patienceSeconds);
        });
        ProcessHandle.allProcesses()
                .filter(process -> runs(process, folder.programs()))
                .filter(process -> !hasEnded(process, 1))
                .forEach(process -> {
                    process.destroyForcibly();
                    hasEnded(process, patienceSeconds);
                });
        if (ProcessHandle.allProcesses().anyMatch(process -> runs(process, folder.programs()))) {
            throw new IOException("processes of an earlier PostgreSQL cannot be stopped in " + folder.path());
        }
        // Where programs cannot be told, neither can it be told that none runs.
        if (lives(ProcessHandle.current())) {
            Files.deleteIfExists(pidFile(folder));
        }
    }

    private static Path pidFile(DataFolder folder) {
        return folder.database().resolve("postmaster.pid");
    }

    /** A process that has ended but that nobody has asked about stays on the list, without its program. */
    static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Looks often: Java's own notice of the end of somebody else's child comes up to five seconds late. */
    static boolean hasEnded(ProcessHandle process, int patienceSeconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        while (lives(process)) {
            if (System.nanoTime() > end || !slept()) {
                return false;
            }
        }
        return true;
    }

    private static boolean slept() {
        try {
            Thread.sleep(GLANCE_MILLIS);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
