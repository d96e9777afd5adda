package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of mistakes lists all of them, each with a test that exists. */
class BillingMistakesPageTest {

    private static final Path ROOT = Path.of("../..");
    private static final int MISTAKES = 38;
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| .+ \\| .+ \\| `(\\w+)\\.(\\w+)` \\|$");

    private static List<Matcher> rows() throws IOException {
        return Files.readString(ROOT.resolve("docs/billing-mistakes.md"))
                .lines()
                .filter(line -> line.matches("\\| \\d.*"))
                .map(ROW::matcher)
                .toList();
    }

    private static Map<String, Path> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file, (a, b) -> a));
        }
    }

    @Test
    void namesEachMistakeOnceWithATestThatExists() throws IOException {
        Map<String, Path> classes = testClasses();
        List<Matcher> rows = rows();

        assertThat(rows).allMatch(Matcher::matches);
        assertThat(rows)
                .extracting(row -> Integer.valueOf(row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, MISTAKES).boxed().toList());
        for (Matcher row : rows) {
            assertThat(classes).containsKey(row.group(2));
            assertThat(Files.readString(classes.get(row.group(2))))
                    .as("%s of mistake %s", row.group(2), row.group(1))
                    .containsPattern("(?s)@(Test|ParameterizedTest|Property)[^;{]*void " + row.group(3) + "\\(");
        }
    }
}
