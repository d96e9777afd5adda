package dev.odometer.conformance.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packages have the sizes that the documentation states, and contain nothing of the metering service. */
class PackagesIT {

    private static final Path EXAMPLE = Path.of("../../examples/orders");

    @ParameterizedTest
    @CsvSource({
        "local/target/orders-local-1.0.0.jar, 26",
        "kafka/target/orders-kafka-1.0.0.jar, 49",
        "aws/target/orders-aws.zip, 19",
        "google/target/orders-google, 17",
        "azure/target/azure-functions, 17"
    })
    void isAtMostOfTheStatedSize(Path file, int megabytes) throws IOException {
        assertThat(size(EXAMPLE.resolve(file))).isBetween((megabytes - 2) * 1_000_000L, megabytes * 1_000_000L);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long size = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }
}
