package dev.odometer.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A module of the build that has main code.
 *
 * @param folder the folder in the root POM, such as {@code adapters/stores/files-s3}
 */
record Module(String folder) {

    private static final Pattern ENTRY = Pattern.compile("<module>([^<]+)</module>");
    private static final Path ROOT = Path.of("../..");

    /** The modules of the root POM, including benchmarks, in its order. */
    static List<Module> all() {
        try {
            return ENTRY.matcher(Files.readString(ROOT.resolve("pom.xml")))
                    .results()
                    .map(match -> new Module(match.group(1)))
                    .filter(Module::hasMainCode)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasMainCode() {
        return Files.isDirectory(path().resolve("src/main/java"));
    }

    Path path() {
        return ROOT.resolve(folder);
    }

    /** The last part of the folder, such as {@code files-s3}. */
    String name() {
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** The base package that the folder's name implies, such as {@code dev.odometer.files.s3}. */
    String rootPackage() {
        return "dev.odometer." + name().replace('-', '.');
    }

    boolean holds(JavaClass type) {
        return holds(type.getPackageName());
    }

    boolean holds(String packageName) {
        return packageName.equals(rootPackage()) || packageName.startsWith(rootPackage() + ".");
    }

    /** The packages of its main code, from its source folders. */
    List<String> sourcePackages() {
        Path sources = path().resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
