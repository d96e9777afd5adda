package dev.odometer.postgres.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {

    /** A new migration raises {@link Schema#VERSION}. */
    @Test
    void itsVersionIsThatOfTheLastMigration() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources").resolve(Schema.LOCATION))) {
            assertThat(files.mapToInt(file -> Integer.parseInt(
                                    file.getFileName().toString().substring(1, 4)))
                            .max())
                    .hasValue(Schema.VERSION);
        }
    }
}
