package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README and the pages of the documentation, in the order of their index. */
final class Documentation {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path INDEX = ROOT.resolve("docs/README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+\\.md)\\)");

    private Documentation() {}

    /** The pages that a reader of the index meets, each once. */
    static List<Path> pages() throws IOException {
        List<Path> pages = LINK.matcher(Files.readString(INDEX))
                .results()
                .map(link -> INDEX.resolveSibling(link.group(1)).normalize())
                .distinct()
                .toList();
        assertThat(pages).first().isEqualTo(ROOT.resolve("README.md"));
        return pages;
    }

    /** All pages that exist in the folder of the documentation. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(INDEX.getParent())) {
            return files.filter(file -> file.toString().endsWith(".md") && !file.equals(INDEX))
                    .toList();
        }
    }

    /** The path of a page from the root of the repository. */
    static String name(Path page) {
        return ROOT.relativize(page).toString().replace('\\', '/');
    }
}
