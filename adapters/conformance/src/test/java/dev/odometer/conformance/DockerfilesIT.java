package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that a Dockerfile of the repository needs exists, and its ignore file keeps it. */
class DockerfilesIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");

    private static Stream<String> dockerfiles() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 4, (file, attributes) -> file.getFileName().toString().equals("Dockerfile"))) {
            return files
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(file -> !file.contains("target"))
                    .toList()
                    .stream();
        }
    }

    /** The instructions, each on one line. */
    private static List<String> instructions(String dockerfile) {
        return ContainerFiles.read(dockerfile)
                .replaceAll("\\\\\\R\\s*", " ")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** What the Dockerfile copies from the repository, without trailing slashes. */
    private static List<String> sources(String dockerfile) {
        var sources = new ArrayList<String>();
        for (String instruction : instructions(dockerfile)) {
            List<String> words = Arrays.stream(instruction.split("\\s+"))
                    .filter(word -> !word.startsWith("--") || word.startsWith("--from"))
                    .toList();
            boolean isCopy = words.get(0).equals("COPY") || words.get(0).equals("ADD");
            if (isCopy && words.stream().noneMatch(word -> word.startsWith("--from"))) {
                words.subList(1, words.size() - 1).stream()
                        .filter(source -> !source.startsWith("https://"))
                        .map(source -> source.replaceFirst("/$", ""))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    /** What a Maven build in the image needs. */
    private static List<String> built(String dockerfile) {
        var files = new ArrayList<String>();
        for (String instruction : instructions(dockerfile)) {
            MODULES.matcher(instruction).results().forEach(modules -> {
                files.addAll(List.of("pom.xml", "checkstyle.xml", ".mvn/jvm.config", "common/metering/pom.xml"));
                for (String module : modules.group(1).split(",")) {
                    files.add(module + "/pom.xml");
                    files.add(module + "/src/main");
                }
            });
        }
        return files;
    }

    private static DockerIgnore ignore(String dockerfile) {
        String own = dockerfile + ".dockerignore";
        return new DockerIgnore(ContainerFiles.read(Files.exists(ROOT.resolve(own)) ? own : ".dockerignore"));
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void keepsEverySource(String dockerfile) {
        DockerIgnore ignore = ignore(dockerfile);
        List<String> sources = Stream.concat(sources(dockerfile).stream(), built(dockerfile).stream())
                .filter(source -> !source.equals("."))
                .toList();

        assertThat(sources).isNotEmpty().allSatisfy(source -> {
            assertThat(ROOT.resolve(source)).exists();
            assertThat(contents(source)).as(source).isNotEmpty().noneMatch(ignore::removes);
        });
    }

    /** The file itself, or the files in the folder. */
    private static List<String> contents(String source) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(source))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .limit(100)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** They would enlarge the context, and the caches of the images would depend on them. */
    @ParameterizedTest
    @MethodSource("dockerfiles")
    void removesWhatNoImageNeeds(String dockerfile) {
        assertThat(List.of(".env", "odometer-data/password", ".git/config", "common/metering/target/x.jar"))
                .allMatch(ignore(dockerfile)::removes);
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void worksWithTheBuildersOfDistributions(String dockerfile) {
        assertThat(instructions(dockerfile)).noneMatch(line -> line.startsWith("ADD --checksum"));
    }

    @Test
    void findsTheDockerfiles() throws IOException {
        assertThat(dockerfiles())
                .contains("Dockerfile", "deploy/google-cloud/Dockerfile", "deploy/aws/archive/Dockerfile");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,false",
        "pom.xml,false",
        "other,true",
        "a/target,true",
        "a/target/x,true",
        "a/b/target/x,true",
        "target/x,true",
        "a/kept/target/x,false",
        "ab,true"
    })
    void appliesTheLastMatchingPattern(String file, boolean removed) {
        var ignore = new DockerIgnore("# a comment\n*\n!a\n!pom.xml\n**/target\n!a/kept/target\n");

        assertThat(ignore.removes(file)).isEqualTo(removed);
    }
}
