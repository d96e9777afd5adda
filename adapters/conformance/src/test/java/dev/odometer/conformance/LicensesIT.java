package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Every built jar contains the license and the notices, and the notices cover the jars in it that have none. */
class LicensesIT {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern LICENSE =
            Pattern.compile("(.*/)?(license|notice|copying)[^/]*(?<!\\.class)", Pattern.CASE_INSENSITIVE);
    private static final Pattern JAR = Pattern.compile(".*/target/odometer-[^/]*(?<!-tests|-sources|-javadoc)\\.jar");
    private static final Pattern NAME = Pattern.compile("(?:.*/)?(.+?)-\\d[^/]*\\.jar");

    /** The jars that are distributed: without those of tests. */
    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                5,
                (file, attributes) ->
                        JAR.matcher(file.toString().replace('\\', '/')).matches())) {
            return files.filter(file -> !file.startsWith(ROOT.resolve("benchmarks")))
                    .toList();
        }
    }

    @Test
    void areInEveryJar() throws IOException {
        byte[] license = Files.readAllBytes(ROOT.resolve("LICENSE"));
        byte[] notice = Files.readAllBytes(ROOT.resolve("NOTICE"));

        assertThat(jars()).hasSizeGreaterThan(20).allSatisfy(jar -> {
            Map<String, byte[]> entries =
                    entries(Files.readAllBytes(jar), Set.of("META-INF/LICENSE", "META-INF/NOTICE"));
            assertThat(entries.get("META-INF/LICENSE")).isEqualTo(license);
            assertThat(entries.get("META-INF/NOTICE")).isEqualTo(notice);
        });
    }

    private static Map<String, byte[]> entries(byte[] zip, Set<String> names) throws IOException {
        var entries = new HashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (names.contains(entry.getName())) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }

    @Test
    void coverEveryJarWithoutALicense() throws IOException {
        Set<String> covered = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        covered.addAll(List.of(Files.readString(ROOT.resolve("NOTICE")).split("[\\s,;:()]+")));

        assertThat(withoutLicense())
                .isNotEmpty()
                .allSatisfy((name, application) -> assertThat(covered)
                        .as(name + " in " + application)
                        .anyMatch(word -> word.endsWith("*")
                                ? name.startsWith(
                                        word.substring(0, word.length() - 1).toLowerCase(Locale.ROOT))
                                : name.equalsIgnoreCase(word)));
    }

    /** The names of the jars inside of applications that contain no license, with an application that contains them. */
    private static Map<String, String> withoutLicense() throws IOException {
        var found = new TreeMap<String, String>();
        for (Path jar : jars()) {
            if (jar.toString().endsWith("-app.jar")) {
                try (var in = new ZipInputStream(Files.newInputStream(jar))) {
                    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                        Matcher name = NAME.matcher(entry.getName());
                        if (name.matches() && !hasLicense(in)) {
                            found.put(
                                    name.group(1).toLowerCase(Locale.ROOT),
                                    jar.getFileName().toString());
                        }
                    }
                }
            }
        }
        return found;
    }

    /** Reads the jar to its end without closing the stream. */
    private static boolean hasLicense(InputStream jar) throws IOException {
        var entries = new ZipInputStream(jar, StandardCharsets.UTF_8);
        boolean found = false;
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            found |= LICENSE.matcher(entry.getName()).matches();
        }
        return found;
    }
}
