package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The index lists every page, and the links of the pages lead somewhere. */
class DocumentationTest {

    private static final Pattern BLOCK = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)\\s#]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @Test
    void listsEveryPage() throws IOException {
        assertThat(Documentation.files())
                .hasSizeGreaterThan(50)
                .allSatisfy(page -> assertThat(Documentation.pages()).contains(page));
    }

    @Test
    void linksToWhatExists() throws IOException {
        var broken = new ArrayList<String>();
        int links = 0;
        for (Path page : Documentation.pages()) {
            List<MatchResult> found =
                    LINK.matcher(withoutBlocks(page)).results().toList();
            links += found.size();
            for (MatchResult link : found) {
                if (!exists(page, link)) {
                    broken.add(Documentation.name(page) + ": " + link.group());
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(300);
    }

    private static String withoutBlocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    private static boolean exists(Path page, MatchResult link) throws IOException {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        if (!Files.exists(target)) {
            return false;
        }
        return link.group(2) == null
                || !target.toString().endsWith(".md")
                || HEADING.matcher(withoutBlocks(target))
                        .results()
                        .anyMatch(heading -> anchor(heading.group(1)).equals(link.group(2)));
    }

    /** The anchor of a heading, as GitHub makes it. */
    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
