package dev.odometer.conformance;

import com.microsoft.azure.functions.annotation.FunctionName;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.route.Route;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The requirements on the package for Azure, from the tables and from the host. */
record AzureRules(List<Route> routes, List<Binding> bindings) {

    /**
     * The trigger types of events, by the suffix of the function's name. After a failure, some of them proceed to the
     * next message and others redeliver.
     */
    private static final Map<String, String> EVENTS = Map.of(
            "EventHub", "eventHubTrigger",
            "ServiceBus", "serviceBusTrigger",
            "Kafka", "kafkaTrigger",
            "Queue", "queueTrigger");

    private static final Map<String, String> OTHERS = Map.of(
            "http", "httpTrigger",
            "timer", "timerTrigger",
            "filesFromBlob", "blobTrigger",
            "filesFromEventGrid", "eventGridTrigger");

    private static final String ADAPTER =
            "adapters/platforms/azure-functions/src/main/java/dev/odometer/azure/functions/";
    private static final Set<String> WITHOUT_REDELIVERY = Set.of("eventHubTrigger", "kafkaTrigger", "timerTrigger");
    private static final Set<String> BATCHES = Set.of("eventHubTrigger", "kafkaTrigger", "serviceBusTrigger");

    /**
     * Jars that must not be in the package: servers, clients of other platforms, test dependencies, and libraries of
     * the worker itself.
     */
    private static final String UNWANTED_JARS =
            "(?i).*(webflux|webmvc|netty|tomcat|jetty|undertow|servlet|kafka|embedded|zonky"
                    + "|junit|assertj|jqwik|aws|amazon|google|reactor-netty|azure-(core|storage|identity)|files-(s3|folder)|spring-cloud-function-(adapter|web)|java-core-library"
                    + "|sources|tests).*";

    /** A sentence for each deviation. */
    List<String> findings(AzurePackage app) {
        var findings = new ArrayList<String>();
        checkNames(app, findings);
        for (String function : app.functions().keySet()) {
            checkEntry(app, function, findings);
            checkTrigger(app, function, findings);
            checkSettings(app, function, findings);
        }
        checkHttp(app, findings);
        checkTimer(app.settings(), findings);
        checkHost(app.host(), findings);
        checkJars(app.jars(), findings);
        checkSecrets(app, findings);
        return findings;
    }

    private Map<String, String> wanted() {
        var wanted = new TreeMap<>(OTHERS);
        EVENTS.forEach((end, type) -> wanted.put("eventsFrom" + end, type));
        // The triggers above deliver to the only channel, so each other channel needs its own.
        bindings.stream()
                .filter(binding -> binding.payload() != Payload.FILES)
                .skip(1)
                .forEach(binding -> EVENTS.forEach((end, type) -> wanted.put(binding.channel() + "From" + end, type)));
        return wanted;
    }

    private void checkNames(AzurePackage app, List<String> findings) {
        Map<String, String> wanted = wanted();
        wanted.keySet().stream()
                .filter(name -> !app.functions().containsKey(name))
                .forEach(name -> findings.add("not in the package: " + name + lines(name)));
        app.functions().keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> findings.add(
                        "not in the tables: " + name + ": remove @FunctionName(\"" + name + "\") from " + ADAPTER));
        for (Payload payload : List.of(Payload.EVENTS, Payload.FILES)) {
            if (bindings.stream()
                            .filter(row -> row.payload().arrivesLike(payload))
                            .count()
                    > 1) {
                findings.add("the triggers do not name their channel: " + payload + ": name it in the calls of"
                        + " Deliveries.deliver in " + ADAPTER);
            }
        }
    }

    /** The lines of a trigger and its settings, in the form of the others. */
    private String lines(String function) {
        String type = wanted().getOrDefault(function, "");
        String annotation = type.equals("serviceBusTrigger") ? "serviceBusQueueTrigger" : type;
        return "\n  add to " + ADAPTER + file(type) + ": a method with @FunctionName(\"" + function
                + "\") and a parameter with @" + Character.toUpperCase(annotation.charAt(0)) + annotation.substring(1)
                + setting("'AzureWebJobs." + function + ".Disabled': 'true'");
    }

    private static String file(String type) {
        return switch (type) {
            case "httpTrigger" -> "HttpTriggers.java";
            case "timerTrigger" -> "TimerTriggers.java";
            case "blobTrigger", "eventGridTrigger" -> "FileTriggers.java";
            default -> "EventTriggers.java";
        };
    }

    private static String setting(String setting) {
        return "\n  add to deploy/azure/main.bicep, appsettings: " + setting;
    }

    private static void checkEntry(AzurePackage app, String function, List<String> findings) {
        JsonNode json = app.function(function);
        if (!app.files().contains(json.path("scriptFile").asString().replaceFirst("^\\.\\./", ""))) {
            findings.add(function + " has no file " + json.path("scriptFile"));
        }
        String entry = json.path("entryPoint").asString();
        int dot = entry.lastIndexOf('.');
        List<Method> methods = methods(entry.substring(0, Math.max(0, dot))).stream()
                .filter(method -> method.getName().equals(entry.substring(dot + 1)))
                .toList();
        boolean isOne = methods.size() == 1
                && Modifier.isPublic(methods.get(0).getModifiers())
                && methods.get(0).isAnnotationPresent(FunctionName.class)
                && methods.get(0).getAnnotation(FunctionName.class).value().equals(function);
        if (!isOne) {
            findings.add(function + " has no single public method of its name: " + entry);
        }
    }

    /** The worker rejects a class in which two methods have the same name. */
    private static List<Method> methods(String type) {
        try {
            return Stream.of(Class.forName(type).getDeclaredMethods())
                    .filter(method -> !method.isSynthetic())
                    .toList();
        } catch (ClassNotFoundException unknown) {
            return List.of();
        }
    }

    private void checkTrigger(AzurePackage app, String function, List<String> findings) {
        JsonNode trigger = app.trigger(function);
        String type = trigger.path("type").asString();
        if (!type.equals(wanted().getOrDefault(function, type))) {
            findings.add(function + " has the trigger " + type);
        }
        if (BATCHES.contains(type) && !trigger.path("cardinality").asString().equals("MANY")) {
            findings.add(function + " does not take batches");
        }
        int retries = app.function(function).path("retry").path("maxRetryCount").asInt(0);
        if (retries != (WITHOUT_REDELIVERY.contains(type) ? -1 : 0)) {
            findings.add(function + " has the retry count of the host: " + retries);
        }
    }

    private static void checkSettings(AzurePackage app, String function, List<String> findings) {
        Map<String, String> settings = app.settings();
        app.named(function).stream()
                .filter(name -> !settings.containsKey(name))
                .forEach(name -> findings.add(function + " has no setting " + name + setting(name + ": 'unused'")));
        boolean isOff = settings.getOrDefault("AzureWebJobs." + function + ".Disabled", "")
                .equals("'true'");
        String connection = app.trigger(function).path("connection").asString("");
        boolean isConnected =
                connection.isEmpty() || settings.keySet().stream().anyMatch(name -> name.startsWith(connection + "__"));
        if (!isOff && !isConnected) {
            findings.add(function + " is enabled without a connection " + connection);
        }
        if (!isOff && app.named(function).stream().anyMatch(name -> "'unused'".equals(settings.get(name)))) {
            findings.add(function + " is enabled without settings");
        }
    }

    /** The timer must run every minute for all schedules. */
    private static void checkTimer(Map<String, String> settings, List<String> findings) {
        if (!"'*'".equals(settings.get("ODOMETER_AZURE_SCHEDULE"))
                || !"'0 * * * * *'".equals(settings.get("ODOMETER_AZURE_TIMER"))) {
            findings.add("the timer does not run every minute for all schedules");
        }
    }

    private void checkHttp(AzurePackage app, List<String> findings) {
        if (!app.functions().containsKey("http")) {
            return;
        }
        JsonNode trigger = app.trigger("http");
        Set<String> methods = new TreeSet<>(Set.of("HEAD", "OPTIONS"));
        routes.forEach(route -> methods.add(route.method()));
        trigger.path("methods").forEach(method -> methods.remove(method.asString()));
        if (!methods.isEmpty()) {
            findings.add("http does not accept " + methods + ": add them to the methods of @HttpTrigger in " + ADAPTER
                    + "HttpTriggers.java");
        }
        JsonNode answer = app.function("http").path("bindings").path(1);
        boolean isOpen = trigger.path("route").asString().equals("{*path}")
                && trigger.path("authLevel").asString().equalsIgnoreCase("anonymous")
                && answer.path("name").asString().equals("$return");
        if (!isOpen) {
            findings.add("http does not accept every request");
        }
    }

    private static void checkHost(JsonNode host, List<String> findings) {
        JsonNode http = host.path("extensions").path("http");
        boolean isAsMeant = host.path("version").asString().equals("2.0")
                && http.path("routePrefix").asString("api").isEmpty()
                && host.path("extensionBundle").path("id").asString().endsWith(".ExtensionBundle");
        if (!isAsMeant) {
            findings.add("host.json differs from the required settings");
        }
    }

    private static void checkJars(Set<String> jars, List<String> findings) {
        jars.stream().filter(jar -> jar.matches(UNWANTED_JARS)).forEach(jar -> findings.add("unexpected jar: " + jar));
        for (String module : List.of(
                "door",
                "functions",
                "metering",
                "documents",
                "views",
                "api-functions",
                "event-functions",
                "postgres",
                "files-azure")) {
            if (jars.stream().noneMatch(jar -> jar.startsWith("odometer-" + module + "-0"))) {
                findings.add("missing jar: " + module);
            }
        }
    }

    private static void checkSecrets(AzurePackage app, List<String> findings) {
        for (String secret : List.of("ODOMETER_DATABASE_PASSWORD", "ODOMETER_API_KEYS")) {
            if (!app.settings().getOrDefault(secret, "").startsWith("'@Microsoft.KeyVault(")) {
                findings.add("not in the key vault: " + secret);
            }
        }
        for (String parameter : List.of("databasePassword", "apiKeys", "portalTokenSecret")) {
            if (!app.bicep().matches("(?s).*@secure\\(\\)\\n(@[^\\n]*\\n)*param " + parameter + " .*")) {
                findings.add("not secure: " + parameter);
            }
        }
        if (!app.bicep().contains("allowSharedKeyAccess: false") || !app.bicep().contains("disableLocalAuth: true")) {
            findings.add("access by keys is enabled");
        }
    }
}
