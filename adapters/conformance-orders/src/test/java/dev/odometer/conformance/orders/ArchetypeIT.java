package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The documented command generates a project from the archetype, with names of its own, that is built and started. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
class ArchetypeIT {

    private static final Pattern COMMAND = Pattern.compile("^mvn -B archetype:generate (.*)$", Pattern.MULTILINE);
    private static final String PLUGIN =
            "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("test.archetype.plugin");

    private static final List<String> WRAPPER = List.of("mvnw", "mvnw.cmd", ".mvn/wrapper/maven-wrapper.properties");

    @TempDir
    static Path folder;

    private static Path project;

    @BeforeAll
    static void generate() throws Exception {
        LocalRepository.create(
                folder.resolve("repository"),
                Path.of(System.getProperty("test.maven.repository")),
                System.getProperty("test.odometer.version"));
        Matcher command = COMMAND.matcher(Files.readString(Path.of("../../docs/your-own-functions.md")));
        assertThat(command.find()).isTrue();
        var arguments = new ArrayList<>(List.of(PLUGIN + ":generate"));
        arguments.addAll(List.of(command.group(1).split(" ")));
        maven(folder, arguments);
        project = folder.resolve("shop");
        maven(project, List.of("package"));
    }

    private static void maven(Path directory, List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("test.maven.home"), "bin", "mvn").toString(),
                "--batch-mode",
                "-Dmaven.repo.local=" + folder.resolve("repository")));
        if (System.getProperty("test.maven.offline").equals("offline=true")) {
            command.add("--offline");
        }
        Path settings = Path.of(System.getProperty("test.maven.settings").replaceFirst("settings=", ""));
        if (Files.exists(settings)) {
            command.addAll(List.of("--settings", settings.toString()));
        }
        command.addAll(arguments);
        Path log = folder.resolve("maven.txt");
        var builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        // Not until it exits: where Azure's plugin cannot reach the server for its telemetry, Maven exits 20 seconds
        // later.
        while (process.isAlive() && !Files.readString(log).contains(" BUILD ") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroyForcibly();
        assertThat(log).content().contains(" BUILD SUCCESS");
    }

    @Test
    void hasAPackageForEachPlatform() {
        assertThat(Stream.of(
                                "local/target/shop-local-1.0.0.jar",
                                "kafka/target/shop-kafka-1.0.0.jar",
                                "aws/target/shop-aws.zip",
                                "google/target/shop-google/lib/shop-functions-1.0.0.jar",
                                "azure/target/azure-functions/shop/lib/shop-functions-1.0.0.jar")
                        .map(project::resolve))
                .allSatisfy(file -> assertThat(file).isRegularFile());
    }

    @Test
    void runsTheTestsOfTheFunctions() {
        assertThat(project.resolve("functions/target/surefire-reports/TEST-com.acme.shop.OrdersTest.xml"))
                .content()
                .contains("errors=\"0\"", "failures=\"0\"")
                .doesNotContain("tests=\"0\"");
    }

    @Test
    void hasTheFilesOfTheExample() throws IOException {
        List<String> expected = files(Path.of("../../examples/orders")).stream()
                .map(file -> file.replace("com/example/orders", "com/acme/shop"))
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(expected).hasSizeGreaterThan(20).contains("README.md", ".gitignore");
        expected.addAll(WRAPPER);

        assertThat(files(project)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Its folder is a POM's, so the wrapper finds the version of Maven beside it. */
    @Test
    void hasTheWrapperOfMaven() {
        assertThat(WRAPPER)
                .allSatisfy(file -> assertThat(project.resolve(file)).hasSameBinaryContentAs(Path.of("../..", file)));
    }

    @Test
    void ignoresWhatIsBuilt() throws IOException {
        assertThat(Files.readAllLines(project.resolve(".gitignore"))).contains("target/", "orders-data/");
    }

    /** The goals, the classes and the packages that its commands name. The commands of the clouds were not run. */
    @Test
    void hasAReadmeWhoseCommandsFindTheirFiles() throws IOException {
        String readme = Files.readString(project.resolve("README.md"));
        Set<String> packages = matches("[a-z]+/target/[^\\s)]+", readme);

        assertThat(packages).hasSize(5);
        for (String pattern : packages) {
            assertThat(found(pattern)).as(pattern).isEqualTo(1);
        }
        assertThat(matches("(?<=^mvn )\\S+", readme)).containsExactlyInAnyOrder("spring-boot:run", "test", "package");
        for (String type : matches("dev\\.odometer\\.[\\w.]+", readme)) {
            assertThat(Path.of("../platforms"))
                    .isDirectoryRecursivelyContaining("glob:**/classes/" + type.replace('.', '/') + ".class");
        }
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** The number of files and folders that a pattern of a shell stands for. */
    private static long found(String pattern) throws IOException {
        PathMatcher matcher = project.getFileSystem().getPathMatcher("glob:" + pattern.replaceAll("/$", ""));
        try (Stream<Path> paths = Files.walk(project)) {
            return paths.filter(path -> matcher.matches(project.relativize(path)))
                    .count();
        }
    }

    @Test
    void hasNoNameOfTheExample() throws IOException {
        var texts = new StringBuilder();
        for (String file : files(project)) {
            texts.append(Files.readString(project.resolve(file)));
        }

        assertThat(texts)
                .contains("package com.acme.shop.local;")
                .doesNotContain("com.example", "<artifactId>orders", "${package}", "${dollar}", "spotless");
    }

    /** The files that are not made by a build or by the service. */
    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> !file.matches("(.*/)?(target|orders-data)/.*"))
                    .toList();
        }
    }

    @Test
    void starts() throws Exception {
        var json = Headers.of("Content-Type", "application/json");
        byte[] order = "{\"customer\":\"acme\",\"sku\":\"tea\",\"quantity\":2}".getBytes(UTF_8);

        try (OrdersProcess service =
                OrdersProcess.local(project.resolve("local/target/shop-local-1.0.0.jar"), project, Map.of())) {
            HttpReply reply = new RawClient(service.port()).send(new HttpRequest("POST", "/orders", null, json, order));

            assertThat(reply.status()).as(new String(reply.body(), UTF_8)).isEqualTo(201);
        }
    }
}
