package dev.odometer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Migrations that databases have are never changed, and a new one comes after them: Flyway applies no migration before
 * the last applied one.
 */
class ReleasedMigrationsTest {

    private static final Path FOLDER = Path.of("src/main/resources/odometer/migrations");
    private static final Path RELEASED = Path.of("src/test/resources/released-migrations.txt");
    private static final Pattern NAME = Pattern.compile("V(\\d{3})__[a-z0-9_]+\\.sql");
    private static final Pattern UNUSED = Pattern.compile("(?m)^# V(\\d{3}) was never used: .+");

    private static Map<String, String> released() throws IOException {
        var digests = new LinkedHashMap<String, String>();
        for (String line : Files.readAllLines(RELEASED, UTF_8)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(" {2}", -1);
                digests.put(parts[1], parts[0]);
            }
        }
        return digests;
    }

    private static Map<String, String> present() throws IOException {
        var digests = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                digests.put(
                        file.getFileName().toString(),
                        new Sha256().add(Files.readAllBytes(file)).hex());
            }
        }
        return digests;
    }

    private static int version(String file) {
        var name = NAME.matcher(file);
        assertThat(name.matches()).as(file).isTrue();
        return Integer.parseInt(name.group(1));
    }

    private static List<Integer> versions(Map<String, String> migrations) {
        return migrations.keySet().stream().map(ReleasedMigrationsTest::version).toList();
    }

    @Test
    void aReleasedMigrationNeverChanges() throws Exception {
        assertThat(present()).containsAllEntriesOf(released());
    }

    @Test
    void aNewMigrationComesAfterTheReleasedOnes() throws Exception {
        List<Integer> released = versions(released());
        Map<String, String> added = present();
        added.keySet().removeAll(released().keySet());

        assertThat(released).isSorted().doesNotHaveDuplicates();
        assertThat(versions(added))
                .doesNotHaveDuplicates()
                .allMatch(version -> version > released.get(released.size() - 1));
    }

    @Test
    void everyMissingNumberIsExplained() throws Exception {
        List<Integer> released = versions(released());
        var missing = new TreeSet<>(IntStream.rangeClosed(1, released.get(released.size() - 1))
                .boxed()
                .toList());
        missing.removeAll(released);

        assertThat(UNUSED.matcher(Files.readString(RELEASED)).results().map(line -> Integer.valueOf(line.group(1))))
                .containsExactlyElementsOf(missing);
    }
}
