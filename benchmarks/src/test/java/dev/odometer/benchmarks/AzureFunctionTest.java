package dev.odometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureFunctionTest {

    private static AzureFunction of(Path folder) {
        return ColdStartBenchmark.azure(folder.toString(), Map.of()).orElseThrow();
    }

    @Test
    void isSkippedWithoutAFolder() {
        assertThat(ColdStartBenchmark.azure(null, Map.of())).isEmpty();
        assertThat(ColdStartBenchmark.azure(" ", Map.of())).isEmpty();
    }

    @Test
    void reportsAMissingFolder(@TempDir Path folder) {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(of(missing)::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no azure-functions-java-worker.jar in " + missing);
    }

    @Test
    void reportsAFolderWithoutAWorker(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("azure-functions-java-worker.jar"));

        assertThatThrownBy(of(folder)::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no azure-functions-java-worker.jar in " + folder);
    }
}
