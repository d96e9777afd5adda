package dev.odometer.local.http;

import dev.odometer.local.http.database.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts services in separate processes, which tests can kill. */
public final class Services {

    private Services() {}

    /** Starts a database and waits to be killed. */
    public static void main(String[] args) throws Exception {
        EmbeddedDatabase.start(Path.of(args[0]));
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }

    public static Process start(Path folder) throws IOException {
        return java(Services.class, folder.toString());
    }

    public static Process java(Class<?> main, String... arguments) throws IOException {
        return java(System.getProperty("java.class.path"), main, arguments);
    }

    /** Starts a program with another class path than that of the tests. */
    public static Process java(String classPath, Class<?> main, String... arguments) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(java.util.List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Reads the output of the process up to a line that contains the text. */
    public static String awaitLine(Process process, String text) throws IOException {
        var output = new StringBuilder();
        var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            if (line.contains(text)) {
                return output.toString();
            }
        }
        throw new IOException("the process ended without a line that contains " + text + ": " + output);
    }
}
