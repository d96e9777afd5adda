package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Each deployed artifact contains a bill of its materials, which lists the jars in it, and whose licenses allow a
 * distribution under the Apache License 2.0. Without access to a registry, Maven makes none, and the tests are skipped.
 */
class BillsOfMaterialsIT {

    private static final Path PLATFORMS = Path.of("../platforms");

    /** The artifacts as they are deployed, by the name of their module. */
    private static final Map<String, String> DEPLOYED = Map.of(
            "local-http", "odometer-local-http-[^-]*-?[A-Z]*-app\\.jar",
            "kafka-worker", "odometer-kafka-worker-[^-]*-?[A-Z]*-app\\.jar",
            "aws-lambda", "odometer-aws-lambda\\.zip",
            "azure-functions", "azure-functions/odometer/.*",
            "google-cloud", "odometer-google-cloud/.*");

    private static final Pattern JAR = Pattern.compile("(?:.*/)?([^/]+)\\.jar");

    /** Licenses without conditions on the code that uses a library, beyond notices, by their SPDX ids. */
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "GPL-2.0-with-classpath-exception");

    /** What an artifact contains. */
    private record Contents(Set<String> jars, List<JsonNode> bills) {

        static Contents of(String module) throws IOException {
            var contents = new Contents(new TreeSet<>(), new ArrayList<>());
            Path target = PLATFORMS.resolve(module).resolve("target");
            try (Stream<Path> files = Files.walk(target, 4)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = target.relativize(file).toString().replace('\\', '/');
                    if (name.matches(DEPLOYED.get(module))) {
                        contents.add(module, name, Files.readAllBytes(file));
                    }
                }
            }
            return contents;
        }

        private void add(String module, String name, byte[] content) throws IOException {
            if (name.endsWith("/odometer-" + module + ".cdx.json")) {
                bills.add(Case.JSON.readTree(content));
            } else if (name.endsWith(".jar") || name.endsWith(".zip")) {
                String jar = JAR.matcher(name).replaceFirst("$1");
                if (jar.startsWith("spring-boot-jarmode-tools-")) {
                    // Boot's plugin adds it, which extracts the layers of the archive. It is no dependency.
                    return;
                }
                boolean isLibrary = !jar.startsWith("odometer-" + module);
                if (isLibrary) {
                    jars.add(jar);
                } else {
                    addAll(module, new ByteArrayInputStream(content));
                }
            }
        }

        private void addAll(String module, InputStream archive) throws IOException {
            try (var in = new ZipInputStream(archive)) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    add(module, "/" + entry.getName(), in.readAllBytes());
                }
            }
        }

        JsonNode bill() {
            assumeThat(bills)
                    .as("bills of materials, which Maven does not make offline")
                    .isNotEmpty();
            assertThat(bills).hasSize(1);
            return bills.get(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local-http", "kafka-worker", "aws-lambda", "azure-functions", "google-cloud"})
    void listTheJarsOfTheArtifact(String module) throws IOException {
        var contents = Contents.of(module);
        Set<String> listed = components(contents.bill()).keySet();

        assertThat(contents.jars).hasSizeGreaterThan(30).isSubsetOf(listed);
    }

    /** The components by the name of their jar without extension. */
    private static Map<String, JsonNode> components(JsonNode bill) {
        var components = new TreeMap<String, JsonNode>();
        for (JsonNode component : bill.required("components")) {
            String name = component.required("name").asString() + "-"
                    + component.required("version").asString();
            components.put(name, component);
            // A native library has its platform in the name of the jar.
            ContainerFiles.find("classifier=([^&]+)", component.path("purl").asString(""))
                    .forEach(classifier -> components.put(name + "-" + classifier.group(1), component));
        }
        return components;
    }

    @ParameterizedTest
    @ValueSource(strings = {"local-http", "kafka-worker", "aws-lambda", "azure-functions", "google-cloud"})
    void haveLicensesThatAreAllowed(String module) throws IOException {
        Map<String, JsonNode> components = components(Contents.of(module).bill());

        assertThat(components)
                .hasSizeGreaterThan(30)
                .allSatisfy((name, component) ->
                        assertThat(licenses(component)).as(name).anyMatch(BillsOfMaterialsIT::isAllowed));
    }

    /** The licenses of which a user may choose one. */
    private static Set<String> licenses(JsonNode component) {
        return component
                .path("licenses")
                .valueStream()
                .map(license -> license.has("expression")
                        ? license.path("expression").asString()
                        : license.path("license")
                                .path("id")
                                .asString(license.path("license").path("name").asString("")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isAllowed(String license) {
        return Stream.of(license.split(" OR ")).anyMatch(ALLOWED::contains);
    }

    @ParameterizedTest
    @CsvSource({
        "GPL-3.0-only, false",
        "Apache-2.0, true",
        "GPL-2.0-only OR MIT, true",
        "MIT AND AGPL-3.0-only, false",
        "'', false"
    })
    void recognizesALicenseThatIsNotAllowed(String license, boolean allowed) {
        assertThat(isAllowed(license)).isEqualTo(allowed);
    }
}
