package dev.odometer.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the classes of this one. */
final class Jvm {

    private Jvm() {}

    /**
     * The command that starts it. In the packaged application, Spring Boot's launcher loads the nested jars; otherwise
     * they are on the class path.
     */
    static List<String> command(String heap, String main, String... arguments) {
        String classPath = System.getProperty("java.class.path");
        boolean isPackaged = classPath.endsWith(".jar") && !classPath.contains(java.io.File.pathSeparator);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(heap, "-cp", classPath));
        if (isPackaged) {
            command.add("-Dloader.main=" + main);
        }
        command.add(isPackaged ? "org.springframework.boot.loader.launch.PropertiesLauncher" : main);
        command.addAll(List.of(arguments));
        return command;
    }
}
