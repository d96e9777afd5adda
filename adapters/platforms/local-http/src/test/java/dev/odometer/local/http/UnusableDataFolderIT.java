package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.odometer.local.http.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that cannot be used ends the process with a sentence and exit code 1, without a stack trace. */
@Tag("long")
class UnusableDataFolderIT {

    private static final String FULL = "No space left on device";
    private static final int BLOCK = 4096;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path parent;

    private boolean mounted;

    /** A disk of its own. The tests that need one are skipped where mounts are not permitted, as in most containers. */
    private Path disk(String size) throws Exception {
        Path disk = Files.createDirectory(parent.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "odometer-test", disk.toString()),
                "mounting a tmpfs is not permitted here");
        mounted = true;
        return disk;
    }

    private void remount(String option) throws Exception {
        assertThat(run(
                        "mount",
                        "-o",
                        "remount," + option,
                        parent.resolve("disk").toString()))
                .as("remounted")
                .isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", parent.resolve("disk").toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.inputReader().lines().forEach(line -> {});
            return process.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static Process odometer(String folder) throws IOException {
        return Services.java(Odometer.class, "--server.port=0", "--odometer.data-dir=" + folder);
    }

    private static void refuses(Path folder, String reason) throws Exception {
        refuses(folder.toString(), reason);
    }

    private static void refuses(String folder, String reason) throws Exception {
        Process service = odometer(folder);
        String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(service.waitFor()).as(output).isEqualTo(1);
        assertThat(output)
                .containsPattern("Description:\\R\\R[^\\r\\n]*" + reason)
                .containsOnlyOnce(reason)
                .doesNotContain("\tat ", "Exception", " WARN ");
    }

    private static void starts(Path folder) throws Exception {
        Process service = odometer(folder.toString());
        try {
            assertThat(Services.awaitLine(service, "Odometer listens on ")).isNotEmpty();
        } finally {
            service.destroy();
            assertThat(service.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** Leaves a number of bytes free. */
    private static Path fill(Path disk, int free) throws IOException {
        Path filler = disk.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(disk).getUsableSpace() > free) {
                out.write(new byte[BLOCK]);
            }
        }
        return filler;
    }

    @Test
    void refusesAnEmptySetting() throws Exception {
        refuses("", "odometer.data-dir must be the path of a folder");
    }

    @Test
    void refusesAFile() throws Exception {
        refuses(Files.writeString(parent.resolve("file"), ""), "is not a folder");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void refusesAFolderThatCannotBeCreated() throws Exception {
        refuses("/proc/odometer-data", "cannot be created");
    }

    @Test
    void refusesAReadOnlyFolder() throws Exception {
        Path disk = disk("1m");
        remount("ro");

        refuses(disk, "Read-only file system");
    }

    /** The programs take 60 MB, and a new database 40 MB. */
    @Test
    void refusesAFullDiskAtEveryStepAndStartsWhenItIsEnlarged() throws Exception {
        Path disk = disk("4k");

        refuses(disk, FULL);
        remount("size=20m");
        refuses(disk, FULL);
        assertThat(disk.resolve("programs/unpacking")).doesNotExist();
        remount("size=70m");
        refuses(disk, FULL);
        remount("size=90m");
        refuses(disk, FULL);
        remount("size=150m");
        starts(disk);
    }

    @Test
    void refusesADatabaseOnAFullDiskAndStartsWhenItHasRoom() throws Exception {
        Path disk = disk("150m");
        EmbeddedDatabase.start(disk).close();

        Path filler = fill(disk, 0);
        refuses(disk, FULL);
        Files.delete(filler);
        fill(disk, 256 * 1024);
        refuses(disk, FULL);
        Files.delete(filler);
        starts(disk);
    }
}
