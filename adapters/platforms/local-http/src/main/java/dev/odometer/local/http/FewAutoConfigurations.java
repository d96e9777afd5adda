package dev.odometer.local.http;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Imports the auto-configurations that the metering service uses. Spring's others cost start-up time or would create a
 * second data source. Auto-configurations of other projects are not filtered. Other applications use
 * {@code @EnableAutoConfiguration}.
 */
final class FewAutoConfigurations extends AutoConfigurationImportSelector {

    private static final AnnotationAttributes NO_EXCLUSIONS = new AnnotationAttributes();
    private static final Set<String> USED = Set.of(
            "org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration",
            "org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration",
            "org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration",
            "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
            "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration",
            "org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration");

    static {
        NO_EXCLUSIONS.put("exclude", new String[0]);
        NO_EXCLUSIONS.put("excludeName", new String[0]);
    }

    @Override
    protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
        return NO_EXCLUSIONS;
    }

    @Override
    protected List<String> getCandidateConfigurations(
            AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
        return super.getCandidateConfigurations(metadata, attributes).stream()
                .filter(name -> !name.startsWith("org.springframework.") || USED.contains(name))
                .toList();
    }
}
