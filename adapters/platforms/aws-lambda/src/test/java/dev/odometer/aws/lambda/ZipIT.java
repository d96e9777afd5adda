package dev.odometer.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The deployment package, {@code target/odometer-aws-lambda.zip}. */
class ZipIT {

    private static final Path ZIP = Path.of("target/odometer-aws-lambda.zip");
    private static final int MIN_JARS = 30;
    /** Every jar is opened at a cold start. Nine jars, 3.3 MB in total, are for webhooks and e-mail. */
    private static final int MAX_JARS = 86;

    private static final long MAX_BYTES = 20_000_000;

    private static List<ZipEntry> files() throws IOException {
        try (var zip = new ZipFile(ZIP.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry.class::cast)
                    .toList();
        }
    }

    private static Set<String> jars() throws IOException {
        return files().stream()
                .map(entry -> entry.getName().substring(entry.getName().lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Predicate<String> of(String module) {
        return jar -> jar.startsWith("odometer-" + module + "-0");
    }

    @Test
    void containsOnlyJarsInOneFolder() throws IOException {
        assertThat(files())
                .hasSizeGreaterThanOrEqualTo(MIN_JARS)
                .allSatisfy(entry -> assertThat(entry.getName()).matches("lib/[^/]+\\.jar"));
    }

    @Test
    void containsTheHandlerAndItsDependencies() throws IOException {
        assertThat(jars())
                .anyMatch(of("aws-lambda"))
                .anyMatch(of("door"))
                .anyMatch(of("functions"))
                .anyMatch(of("metering"))
                .anyMatch(of("views"))
                .anyMatch(of("api-functions"))
                .anyMatch(of("event-functions"))
                .anyMatch(of("postgres"))
                .anyMatch(of("files-s3"))
                .anyMatch(jar -> jar.startsWith("aws-lambda-java-core-"))
                .anyMatch(jar -> jar.startsWith("postgresql-"));
    }

    /** No server, no client of another platform, and nothing that only tests need or the managed runtime provides. */
    @Test
    void containsNoServerAndNoOtherPlatform() throws IOException {
        assertThat(jars())
                .hasSizeGreaterThanOrEqualTo(MIN_JARS)
                .noneMatch(jar -> jar.matches("(?i).*("
                        + "webflux|webmvc|netty|tomcat|jetty|undertow|servlet|kafka|embedded|zonky|jansi|junit|assertj|jqwik"
                        + "|files-(azure|google|folder)|lombok|aspectj|devtools|runtime-interface-client|spring-cloud-function-(adapter|web)|aws-crt"
                        + "|sources|tests).*"));
    }

    @Test
    void staysSmall() throws IOException {
        assertThat(files()).hasSizeLessThanOrEqualTo(MAX_JARS);
        assertThat(Files.size(ZIP)).isLessThanOrEqualTo(MAX_BYTES);
    }

    /** The JVM reads classes from them without decompressing. */
    @Test
    void containsJarsWithUncompressedEntries() throws IOException {
        try (var zip = new ZipFile(ZIP.toFile())) {
            for (ZipEntry jar : files()) {
                try (var inside = new ZipInputStream(zip.getInputStream(jar))) {
                    for (ZipEntry entry = inside.getNextEntry(); entry != null; entry = inside.getNextEntry()) {
                        assertThat(entry.getMethod()).as(jar + ": " + entry).isEqualTo(ZipEntry.STORED);
                    }
                }
            }
        }
    }

    /** Of duplicates, the runtime's order of the class path would determine which one is loaded. */
    @Test
    void containsNoDuplicateClass() throws IOException {
        Map<String, Set<String>> owners = new HashMap<>();
        for (ZipEntry jar : files()) {
            for (String name : classes(jar)) {
                owners.computeIfAbsent(name, key -> new HashSet<>()).add(jar.getName());
            }
        }

        assertThat(owners).hasSizeGreaterThan(5000);
        assertThat(owners.entrySet())
                .filteredOn(owner -> owner.getValue().size() > 1)
                .isEmpty();
    }

    private static Set<String> classes(ZipEntry jar) throws IOException {
        try (var zip = new ZipFile(ZIP.toFile());
                var inside = new ZipInputStream(
                        new ByteArrayInputStream(zip.getInputStream(jar).readAllBytes()))) {
            var classes = new TreeSet<String>();
            for (ZipEntry entry = inside.getNextEntry(); entry != null; entry = inside.getNextEntry()) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class")) {
                    classes.add(entry.getName());
                }
            }
            return classes;
        }
    }

    /** The build is reproducible: the package contains no build times. */
    @Test
    void isReproducible() throws IOException {
        assertThat(files()).isNotEmpty();
        assertThat(files().stream().map(entry -> entry.getTimeLocal().toString()))
                .containsOnly("2026-11-01T00:00");
    }
}
