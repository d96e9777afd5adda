package dev.odometer.conformance.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A local repository of Maven with the artifacts of this build, which need not be installed. Those of others are links to the
 * local repository of the build.
 */
record LocalRepository(Path folder) {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    static LocalRepository create(Path folder, Path ofTheBuild, String version) throws IOException {
        var repository = new LocalRepository(folder);
        link(ofTheBuild, folder, "dev");
        link(ofTheBuild.resolve("dev"), folder.resolve("dev"), "odometer");
        for (Path pom : poms()) {
            repository.install(pom, version);
        }
        return repository;
    }

    /** Links to all folders of a folder except one. */
    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        if (Files.notExists(from)) {
            return;
        }
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.filter(Files::isDirectory).toList()) {
                if (!child.endsWith(except)) {
                    Files.createSymbolicLink(to.resolve(child.getFileName()), child.toAbsolutePath());
                }
            }
        }
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 4, (path, attributes) -> path.endsWith("pom.xml"))) {
            return files.filter(pom -> !pom.startsWith(ROOT.resolve("examples/orders")))
                    .filter(pom -> !pom.startsWith(ROOT.resolve("benchmarks")))
                    .toList();
        }
    }

    private void install(Path pom, String version) throws IOException {
        Matcher artifact =
                ARTIFACT.matcher(PARENT.matcher(Files.readString(pom)).replaceFirst(""));
        if (!artifact.find()) {
            throw new IllegalStateException(pom.toString());
        }
        String name = artifact.group(1) + "-" + version;
        Path to = Files.createDirectories(
                folder.resolve("dev/odometer").resolve(artifact.group(1)).resolve(version));
        Path jar = pom.resolveSibling("target").resolve(name + ".jar");
        Files.copy(pom, to.resolve(name + ".pom"));
        if (Files.exists(jar)) {
            Files.copy(jar, to.resolve(name + ".jar"));
        }
    }
}
