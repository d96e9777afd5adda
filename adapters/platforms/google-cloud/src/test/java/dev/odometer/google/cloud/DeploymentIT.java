package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contents of the deployed folder. */
class DeploymentIT {

    private static final Path FOLDER = Path.of("target/odometer-google-cloud");
    private static final Path JAR = FOLDER.resolve("odometer-google-cloud.jar");

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Cloud Functions requires a folder with one jar at the top level. */
    @Test
    void hasOneJarAndItsLibraries() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files).containsExactlyInAnyOrder(JAR, FOLDER.resolve("lib"));
        }
    }

    @Test
    void hasExactlyTheLibrariesOfTheManifest() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);

            assertThat(List.of(named.split(" ")))
                    .containsExactlyInAnyOrderElementsOf(
                            jars().stream().map(name -> "lib/" + name).toList());
        }
    }

    @Test
    void hasNoServerAndNoOtherPlatform() throws IOException {
        assertThat(jars())
                .hasSizeBetween(20, 60)
                .noneMatch(
                        name -> name.matches(
                                "(odometer-)?(netty|reactor-netty|spring-webflux|spring-webmvc|tomcat|jetty|aws|azure|kafka|logback|embedded|files-(s3|azure|folder)|google-cloud-storage).*"))
                .anyMatch(name -> name.startsWith("odometer-files-google-"));
    }

    /** Without a backend, dead letters and failures would not be logged. */
    @Test
    void hasOneLoggingBackend() throws IOException {
        assertThat(jars().stream().filter(name -> name.matches("(slf4j-(jdk|simple|nop)|logback|log4j).*")))
                .singleElement()
                .asString()
                .startsWith("slf4j-jdk14");
    }
}
