package dev.odometer.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The dependencies that the code of each module may have, in addition to itself, the JDK's core and jspecify's
 * annotations. Maven's scopes prevent most others from compiling; these lists also hold if a scope changes.
 */
final class AllowedDependencies {

    private static final String[] EVERY_MODULE = {
        "java.lang..",
        "java.util..",
        "java.time..",
        "java.math..",
        "java.io..",
        "java.nio..",
        "java.security..",
        "java.net..",
        "java.text..",
        "javax.crypto..",
        "org.jspecify.."
    };
    private static final String FUNCTIONS = "dev.odometer.functions..";
    private static final String METERING = "dev.odometer.metering..";
    private static final String DOCUMENTS = "dev.odometer.documents..";
    private static final String DOOR = "dev.odometer.door..";
    private static final String FILES = "dev.odometer.files.http..";
    private static final String SPRING = "org.springframework..";
    private static final String LOG = "org.slf4j..";
    private static final String JACKSON = "tools.jackson..";
    private static final String METRICS = "io.micrometer..";

    private static final Map<String, List<String>> BY_FOLDER = Map.ofEntries(
            Map.entry("common/functions", List.of()),
            Map.entry("common/metering", List.of(FUNCTIONS)),
            Map.entry("common/documents", List.of(FUNCTIONS, METERING)),
            Map.entry("common/views", List.of(FUNCTIONS, METERING, SPRING)),
            Map.entry("api-functions", List.of(FUNCTIONS, METERING, DOCUMENTS, "dev.odometer.views..", SPRING)),
            Map.entry("event-functions", List.of(FUNCTIONS, METERING, SPRING, "io.airlift.compress.zstd..")),
            Map.entry("adapters/door", List.of(FUNCTIONS, SPRING, LOG, JACKSON, "com.fasterxml.jackson.annotation..")),
            Map.entry(
                    "adapters/platforms/local-http",
                    List.of(
                            FUNCTIONS,
                            DOOR,
                            "dev.odometer.files.folder..",
                            SPRING,
                            LOG,
                            METRICS,
                            "io.prometheus..",
                            "jakarta.servlet..",
                            "javax.sql..",
                            "java.sql..",
                            "org.apache.catalina..",
                            "org.apache.coyote..",
                            "org.apache.tomcat..",
                            "io.zonky.test.db.postgres..",
                            "org.apache.commons.compress.archivers.tar..",
                            "org.tukaani.xz..")),
            Map.entry(
                    "adapters/platforms/kafka-worker",
                    List.of(
                            FUNCTIONS,
                            DOOR,
                            SPRING,
                            LOG,
                            METRICS,
                            "io.prometheus..",
                            "javax.sql..",
                            "java.sql..",
                            "com.sun.net.httpserver..",
                            "org.apache.kafka..")),
            Map.entry(
                    "adapters/platforms/aws-lambda",
                    List.of(
                            FUNCTIONS,
                            DOOR,
                            SPRING,
                            LOG,
                            JACKSON,
                            "com.amazonaws.services.lambda.runtime..",
                            "software.amazon.awssdk..",
                            "org.crac..")),
            Map.entry(
                    "adapters/platforms/azure-functions",
                    List.of(FUNCTIONS, DOOR, SPRING, LOG, JACKSON, "com.microsoft.azure.functions..")),
            Map.entry(
                    "adapters/platforms/google-cloud",
                    List.of(FUNCTIONS, DOOR, SPRING, JACKSON, "com.google.cloud.functions..")),
            Map.entry(
                    "adapters/stores/postgres",
                    List.of(
                            FUNCTIONS,
                            METERING,
                            SPRING,
                            LOG,
                            JACKSON,
                            "com.fasterxml.jackson.annotation..",
                            METRICS,
                            "java.sql..",
                            "javax.sql..",
                            "org.postgresql..",
                            "com.zaxxer.hikari..",
                            "org.flywaydb..",
                            "io.airlift.compress..")),
            Map.entry(
                    "adapters/engines/kafka-streams",
                    List.of(
                            FUNCTIONS,
                            METERING,
                            // Records are read as in the Kafka worker, whose application this is.
                            "dev.odometer.door.batch..",
                            "dev.odometer.door.json..",
                            "dev.odometer.kafka.worker",
                            "dev.odometer.postgres..",
                            SPRING,
                            LOG,
                            METRICS,
                            "org.apache.kafka..",
                            "org.rocksdb..")),
            Map.entry("adapters/stores/files-folder", List.of(FUNCTIONS, SPRING, LOG)),
            Map.entry("adapters/stores/files-http", List.of(FUNCTIONS)),
            Map.entry("adapters/stores/files-s3", List.of(FUNCTIONS, FILES, SPRING, "software.amazon.awssdk..")),
            Map.entry("adapters/stores/files-google", List.of(FUNCTIONS, FILES, SPRING, JACKSON)),
            Map.entry("adapters/stores/files-azure", List.of(FUNCTIONS, FILES, SPRING, JACKSON)),
            Map.entry("adapters/documents/pdf", List.of(FUNCTIONS, DOCUMENTS, SPRING, "com.openhtmltopdf..")),
            Map.entry("adapters/senders/webhook", List.of(FUNCTIONS, METERING, SPRING, "org.apache.hc..")),
            Map.entry(
                    "adapters/senders/email",
                    List.of(FUNCTIONS, METERING, SPRING, "jakarta.mail..", "org.eclipse.angus..")),
            Map.entry("adapters/senders/stripe", List.of(FUNCTIONS, METERING, SPRING, JACKSON, "org.apache.hc..")),
            Map.entry(
                    "adapters/senders/kafka-intake",
                    List.of(
                            FUNCTIONS,
                            METERING,
                            // Events are written in the format that the door reads, and the bean must be created after
                            // the JSON beans of the door.
                            "dev.odometer.door",
                            "dev.odometer.door.json..",
                            "dev.odometer.door.event..",
                            SPRING,
                            LOG,
                            METRICS,
                            "org.apache.kafka..")));

    private AllowedDependencies() {}

    static boolean names(Module module) {
        return BY_FOLDER.containsKey(module.folder());
    }

    /** @throws IllegalArgumentException if the module has no list */
    static ArchRule rule(Module module) {
        List<String> more = BY_FOLDER.get(module.folder());
        if (more == null) {
            throw new IllegalArgumentException(
                    module.folder() + " has no list of allowed dependencies: add it to AllowedDependencies");
        }
        List<String> allowed = new ArrayList<>(List.of(EVERY_MODULE));
        allowed.add(module.rootPackage() + "..");
        allowed.addAll(more);
        return classes()
                .that(DescribedPredicate.describe("are in " + module.folder(), module::holds))
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new))
                        .or(DescribedPredicate.describe(
                                "are primitive or arrays", type -> type.isPrimitive() || type.isArray())))
                .as(module.folder() + " depends only on " + String.join(", ", allowed));
    }
}
