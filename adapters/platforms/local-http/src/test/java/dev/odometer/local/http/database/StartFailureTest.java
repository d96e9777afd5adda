package dev.odometer.local.http.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {

    @TempDir
    Path folder;

    private String reason(String log) throws IOException {
        Path file = Files.writeString(folder.resolve("log"), log);
        return new StartFailure(folder, file, 0).reasonOf(new IllegalStateException("exit code 1"));
    }

    @Test
    void isTheFirstErrorInTheLog() throws Exception {
        assertThat(reason("LOG: starting\nFATAL:  could not create lock\nPANIC:  aborted\n"))
                .isEqualTo("could not create lock");
    }

    @Test
    void isAFullDiskThoughOtherErrorsPrecede() throws Exception {
        String reason = reason("""
                FATAL:  the database system is starting up
                FATAL:  something else
                PANIC:  could not write to file "x": No space left on device
                """);

        assertThat(reason).isEqualTo("could not write to file \"x\": No space left on device");
        assertThat(StartFailure.isFullDisk(reason)).isTrue();
    }

    @Test
    void isNotAConnectionThatWasRefusedDuringTheStart() throws Exception {
        assertThat(reason("FATAL:  the database system is starting up\nFATAL:  invalid checkpoint record\n"))
                .isEqualTo("invalid checkpoint record");
    }

    @Test
    void namesTheCommandsForAnotherMajorVersion() throws Exception {
        String reason = reason("""
                FATAL:  database files are incompatible with server
                DETAIL:  The data directory was initialized by PostgreSQL version 17, which is not compatible with this version 18.4.
                """);

        assertThat(reason).endsWith("version 17, which is not compatible with this version 18.4");
        assertThat(StartFailure.remains(reason)).isTrue();
        assertThat(StartFailure.action(reason, Path.of("/srv/data/postgres.log")))
                .contains("backup --file=odometer-upgrade.zip --odometer.data-dir=/srv/data\n")
                .contains("restore --file=odometer-upgrade.zip --odometer.data-dir=/srv/data-18\n");
    }

    @Test
    void isTheExceptionWithoutALog() {
        var failure = new StartFailure(folder, folder.resolve("absent"), 0);

        assertThat(failure.reasonOf(new IllegalStateException("exit code 1"))).isEqualTo("exit code 1");
    }
}
