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

/** What the package for Azure owes to the tables, and to the host that runs it. */
record AzureRules(List<Route> routes, List<Binding> bindings) {

    /** By the ends of their names: how the host calls a source of events, which goes on after a failure or does not. */
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
    private static final Set<String> MOVE_ON = Set.of("eventHubTrigger", "kafkaTrigger", "timerTrigger");
    private static final Set<String> BATCHES = Set.of("eventHubTrigger", "kafkaTrigger", "serviceBusTrigger");

    /** A server, another platform's client, what only tests bring, or what is the worker's own. */
    private static final String STRANGERS =
            "(?i).*(webflux|webmvc|netty|tomcat|jetty|undertow|servlet|kafka|embedded|zonky"
                    + "|junit|assertj|jqwik|aws|amazon|google|reactor-netty|azure-(core|storage|identity)|files-(s3|folder)|spring-cloud-function-(adapter|web)|java-core-library"
                    + "|sources|tests).*";

    /** A sentence for each thing that is not as it has to be. */
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
        bindings.stream()
                .filter(binding -> binding.payload() == Payload.EVENTS)
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
                        "in no table: " + name + ": remove @FunctionName(\"" + name + "\") from " + ADAPTER));
        for (Payload payload : Payload.values()) {
            if (bindings.stream().filter(row -> row.payload() == payload).count() > 1) {
                findings.add("the triggers do not say which channel they feed: " + payload + ": name it in the calls of"
                        + " Deliveries.deliver in " + ADAPTER);
            }
        }
    }

    /** A trigger and its settings, as the others have them. */
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
            findings.add(function + " does not enter at one public method of its name: " + entry);
        }
    }

    /** The worker takes a class for unusable in which two methods have a name. */
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
            findings.add(function + " is called by " + type);
        }
        if (BATCHES.contains(type) && !trigger.path("cardinality").asString().equals("MANY")) {
            findings.add(function + " takes no batches");
        }
        int retries = app.function(function).path("retry").path("maxRetryCount").asInt(0);
        if (retries != (MOVE_ON.contains(type) ? -1 : 0)) {
            findings.add(function + " is retried by the host so often: " + retries);
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
            findings.add(function + " is on without a connection " + connection);
        }
        if (!isOff && app.named(function).stream().anyMatch(name -> "'unused'".equals(settings.get(name)))) {
            findings.add(function + " is on without settings");
        }
    }

    /** So that each schedule is called, whichever there are. */
    private static void checkTimer(Map<String, String> settings, List<String> findings) {
        if (!"'*'".equals(settings.get("ODOMETER_AZURE_SCHEDULE"))
                || !"'0 * * * * *'".equals(settings.get("ODOMETER_AZURE_TIMER"))) {
            findings.add("schedules are not looked at every minute");
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
            findings.add("http does not take " + methods + ": add them to the methods of @HttpTrigger in " + ADAPTER
                    + "HttpTriggers.java");
        }
        JsonNode answer = app.function("http").path("bindings").path(1);
        boolean isOpen = trigger.path("route").asString().equals("{*path}")
                && trigger.path("authLevel").asString().equalsIgnoreCase("anonymous")
                && answer.path("name").asString().equals("$return");
        if (!isOpen) {
            findings.add("http does not take and answer every request");
        }
    }

    private static void checkHost(JsonNode host, List<String> findings) {
        JsonNode http = host.path("extensions").path("http");
        boolean isAsMeant = host.path("version").asString().equals("2.0")
                && http.path("routePrefix").asString("api").isEmpty()
                && host.path("extensionBundle").path("id").asString().endsWith(".ExtensionBundle");
        if (!isAsMeant) {
            findings.add("host.json is not as it has to be");
        }
    }

    private static void checkJars(Set<String> jars, List<String> findings) {
        jars.stream()
                .filter(jar -> jar.matches(STRANGERS))
                .forEach(jar -> findings.add("does not belong there: " + jar));
        for (String module :
                List.of("door", "functions", "metering", "views", "api-functions", "event-functions", "postgres", "files-azure")) {
            if (jars.stream().noneMatch(jar -> jar.startsWith("odometer-" + module + "-0"))) {
                findings.add("is not there: " + module);
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
                findings.add("is shown: " + parameter);
            }
        }
        if (!app.bicep().contains("allowSharedKeyAccess: false") || !app.bicep().contains("disableLocalAuth: true")) {
            findings.add("there are keys beside the identity");
        }
    }
}
