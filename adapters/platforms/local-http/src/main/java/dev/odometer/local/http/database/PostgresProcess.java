package dev.odometer.local.http.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds and stops the operating system's processes of a PostgreSQL in a data folder. */
final class PostgresProcess {

    private static final long POLL_MILLIS = 20;

    private PostgresProcess() {}

    /** The postmaster, from the PID file in the data directory, if it is alive and runs from our programs folder. */
    static Optional<ProcessHandle> of(DataFolder folder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile(folder));
            long number = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
            return ProcessHandle.of(number)
                    // After a crash, another process may have the same PID.
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
     * Removes what an earlier server left: an orphaned server of a killed service, remaining processes of a killed
     * server, and its PID file. Each of them prevents a new server from starting; the PID file does so while the dead
     * process is still in the process table.
     *
     * @throws IOException when a process cannot be stopped
     */
    static void clear(DataFolder folder, int timeoutSeconds) throws IOException {
        // SIGTERM requests a smart shutdown, which waits for clients; here all clients are gone.
        of(folder).ifPresent(orphan -> {
            orphan.destroy();
            hasEnded(orphan, timeoutSeconds);
        });
        if (!stopAll(folder.programs(), timeoutSeconds)) {
            throw new IOException("processes of an earlier PostgreSQL cannot be stopped in " + folder.path());
        }
        // If commands of processes are not visible, it is unknown whether a server runs: then keep its PID file.
        if (lives(ProcessHandle.current())) {
            Files.deleteIfExists(pidFile(folder));
        }
    }

    /** Looks again after each round, because initdb starts processes until it is stopped. */
    private static boolean stopAll(Path programs, int timeoutSeconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        for (List<ProcessHandle> left = running(programs); !left.isEmpty(); left = running(programs)) {
            if (System.nanoTime() > end) {
                return false;
            }
            left.stream().filter(process -> !hasEnded(process, 1)).forEach(process -> {
                process.destroyForcibly();
                hasEnded(process, timeoutSeconds);
            });
        }
        return true;
    }

    private static List<ProcessHandle> running(Path programs) {
        return ProcessHandle.allProcesses()
                .filter(process -> runs(process, programs))
                .toList();
    }

    private static Path pidFile(DataFolder folder) {
        return folder.database().resolve("postmaster.pid");
    }

    /** Whether a process is alive and not a zombie, which is in the process table without a command. */
    static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Polls, because Java notices the end of a process that is not its child up to five seconds late. */
    static boolean hasEnded(ProcessHandle process, int timeoutSeconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        while (lives(process)) {
            if (System.nanoTime() > end || !slept()) {
                return false;
            }
        }
        return true;
    }

    /** Pauses between two looks; false if the thread is interrupted. */
    static boolean slept() {
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
