package dev.odometer.door.own;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Runs code with {@link OwnService} on the tests' class path without the jars that contain billing functions, a
 * database, a database client or Amazon's SDK.
 */
public final class WithoutBilling {

    private static final List<String> EXCLUDED = List.of(
            "dev/odometer/api/functions",
            "dev/odometer/event/functions",
            "dev/odometer/postgres",
            "dev/odometer/kafka/intake",
            "dev/odometer/webhook",
            "dev/odometer/email",
            "org/postgresql",
            "org/flywaydb",
            "com/zaxxer/hikari",
            "io/zonky",
            "software/amazon/awssdk");

    private static final String IMPORTS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private WithoutBilling() {}

    /** Creates the code with its only constructor and applies it to the argument. */
    public static String run(Class<? extends UnaryOperator<String>> code, String argument, Path folder)
            throws ReflectiveOperationException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(classPath(folder), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            var constructor = loader.loadClass(code.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked")
            var isolated = (UnaryOperator<String>) constructor.newInstance();
            return isolated.apply(argument);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath(Path folder) throws IOException {
        Path imports = folder.resolve(IMPORTS);
        Files.createDirectories(imports.getParent());
        Files.writeString(imports, OwnService.class.getName());
        var urls = new ArrayList<URL>(List.of(url(folder)));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!isExcluded(Path.of(entry))) {
                urls.add(url(Path.of(entry)));
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static boolean isExcluded(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return EXCLUDED.stream().anyMatch(folder -> Files.exists(entry.resolve(folder)));
        }
        if (!Files.exists(entry)) {
            return true;
        }
        try (var jar = new JarFile(entry.toFile())) {
            return EXCLUDED.stream().anyMatch(folder -> has(jar, folder));
        }
    }

    private static boolean has(JarFile jar, String folder) {
        Stream<String> names = jar.stream().map(java.util.zip.ZipEntry::getName);
        return names.anyMatch(name -> name.startsWith(folder + "/"));
    }
}
