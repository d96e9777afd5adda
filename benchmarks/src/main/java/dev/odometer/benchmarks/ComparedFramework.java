package dev.odometer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A zip for AWS Lambda from {@code benchmarks/frameworks}.
 *
 * @param artifact the artifact in the zip whose version is reported; empty for none
 * @param isPerFunction whether a deployment serves one function, which a setting names, instead of all paths
 */
record ComparedFramework(String name, String folder, String artifact, String handler, boolean isPerFunction) {

    private static final Path FRAMEWORKS = Path.of(System.getProperty("frameworks.folder", "benchmarks/frameworks"));

    static final ComparedFramework OWN =
            new ComparedFramework("Odometer's door", "odometer", "", "dev.odometer.aws.lambda.LambdaHandler", false);
    static final ComparedFramework STOCK = new ComparedFramework(
            "Spring Cloud Function",
            "spring-cloud-function",
            "spring-cloud-function-adapter-aws",
            "org.springframework.cloud.function.adapter.aws.FunctionInvoker",
            true);
    static final List<ComparedFramework> ALL = List.of(
            new ComparedFramework("no framework", "none", "", "com.example.hello.HelloHandler", false),
            OWN,
            new ComparedFramework("http4k", "http4k", "http4k-core", "com.example.hello.HelloFunction", false),
            new ComparedFramework(
                    "Micronaut",
                    "micronaut",
                    "micronaut-core",
                    "io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPEventFunction",
                    false),
            new ComparedFramework(
                    "Quarkus",
                    "quarkus",
                    "quarkus-core",
                    "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler",
                    false),
            STOCK);

    /** Whether the framework has no way to express the function of {@code benchmarks/frameworks}. */
    boolean lacks(String function) {
        return equals(OWN) && function.equals("cookies");
    }

    Path zip() {
        Path zip = FRAMEWORKS.resolve(folder).resolve("target/function.zip");
        if (!Files.exists(zip)) {
            throw new IllegalStateException(zip + " is missing: build with -Pcomparison first");
        }
        return zip;
    }

    double mebibytes() {
        try {
            return Files.size(zip()) / 1024.0 / 1024;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** With the version of the artifact that the zip contains. */
    String title(Path unpacked) {
        Pattern jar = Pattern.compile("(?:.*\\.)?" + Pattern.quote(artifact) + "-(\\d.*)\\.jar");
        return artifact.isEmpty()
                ? name
                : LambdaRuntime.jars(unpacked.resolve("lib")).stream()
                        .map(file -> jar.matcher(file.getFileName().toString()))
                        .filter(Matcher::matches)
                        .map(match -> name + " " + match.group(1))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + artifact + " in " + zip()));
    }

    Path unpacked() throws IOException {
        Path folder = TemporaryFolder.create("odometer-compared");
        try (var archive = FileSystems.newFileSystem(zip())) {
            copy(archive.getPath("/"), folder);
        }
        return folder;
    }

    /**
     * The same classes in jars only, because a class-data archive does not cover folders: classes outside of {@code lib}
     * become its first jar.
     */
    static Path packed(Path unpacked) throws IOException {
        Path folder = TemporaryFolder.create("odometer-compared");
        copy(unpacked.resolve("lib"), Files.createDirectories(folder.resolve("lib")));
        try (var jar = FileSystems.newFileSystem(folder.resolve("lib/0-root.jar"), Map.of("create", "true"));
                Stream<Path> members = Files.list(unpacked)) {
            for (Path member : members.filter(file -> !file.endsWith("lib")).toList()) {
                copy(member, jar.getPath("/" + member.getFileName()));
            }
        }
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** The deployment that serves a function of {@code com.example.hello}. */
    LambdaFunction deployed(LambdaRuntime runtime, Path unpacked, String function) {
        Map<String, String> settings = isPerFunction
                ? Map.of(
                        "MAIN_CLASS",
                        "com.example.hello.HelloApplication",
                        "SPRING_CLOUD_FUNCTION_DEFINITION",
                        function)
                : Map.of();
        return new LambdaFunction(
                name,
                runtime,
                unpacked,
                false,
                List.of(),
                handler + "::handleRequest",
                settings,
                HttpApiEvent.get("/hello").json(),
                "hello");
    }
}
