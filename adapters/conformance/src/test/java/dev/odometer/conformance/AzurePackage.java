package dev.odometer.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The deployment package for Azure: the folder that the Maven plugin creates, and the settings around it.
 *
 * @param functions the contents of {@code function.json} by the names of their folders
 * @param files the paths of the other files in the folder
 */
record AzurePackage(Map<String, JsonNode> functions, JsonNode host, Set<String> files, String bicep) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FOLDER = Path.of("../platforms/azure-functions/target/azure-functions/odometer");
    private static final Path BICEP = Path.of("../../deploy/azure/main.bicep");

    private static final Pattern SETTING = Pattern.compile("(?m)^ +'?([A-Za-z][\\w.]*?)'?: (.+)$");
    private static final Pattern NAMED = Pattern.compile("%(\\w+)%");

    static AzurePackage read() throws IOException {
        return read(UnaryOperator.identity());
    }

    /** Reads the package with every text altered first. */
    static AzurePackage read(UnaryOperator<String> alter) throws IOException {
        var functions = new TreeMap<String, JsonNode>();
        var files = new TreeSet<String>();
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (file.endsWith("function.json")) {
                    String name = alter.apply(FOLDER.relativize(file).getName(0).toString());
                    functions.put(name, JSON.readTree(alter.apply(Files.readString(file))));
                } else {
                    files.add(alter.apply(FOLDER.relativize(file).toString().replace('\\', '/')));
                }
            }
        }
        JsonNode host = JSON.readTree(alter.apply(Files.readString(FOLDER.resolve("host.json"))));
        return new AzurePackage(functions, host, files, alter.apply(Files.readString(BICEP)));
    }

    JsonNode function(String name) {
        return functions.getOrDefault(name, JSON.missingNode());
    }

    /** The trigger binding of a function. */
    JsonNode trigger(String function) {
        return function(function).path("bindings").path(0);
    }

    Set<String> jars() {
        return files.stream()
                .filter(file -> file.startsWith("lib/"))
                .map(file -> file.substring("lib/".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The app settings in the template, as written there. */
    Map<String, String> settings() {
        int start = bicep.indexOf("name: 'appsettings'");
        Matcher lines = SETTING.matcher(bicep.substring(start, bicep.indexOf("\n}", start)));
        var settings = new TreeMap<String, String>();
        while (lines.find()) {
            settings.put(lines.group(1), lines.group(2));
        }
        return settings;
    }

    /** The settings that the host resolves for a function at start, whether or not the function is enabled. */
    Set<String> named(String function) {
        Matcher names = NAMED.matcher(function(function).toString());
        var named = new TreeSet<String>();
        while (names.find()) {
            named.add(names.group(1));
        }
        return named;
    }
}
