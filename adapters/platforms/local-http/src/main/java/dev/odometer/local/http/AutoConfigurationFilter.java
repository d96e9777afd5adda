package dev.odometer.local.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Of Spring's own auto-configurations lets only those pass that the service uses: the others cost start-up time, or
 * would make a second data source. Whatever else is on the class path configures itself as it likes.
 */
final class AutoConfigurationFilter implements AutoConfigurationImportFilter {

    private static final Set<String> USED = Set.of(
            "org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration",
            "org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration",
            "org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration",
            "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration",
            "org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration");

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            matches[i] = name != null && (!isSprings(name) || USED.contains(name));
        }
        return matches;
    }

    /** By the end of the name, too: the filter is also asked about the parts of those that pass. */
    private static boolean isSprings(String name) {
        return name.startsWith("org.springframework.") && name.endsWith("AutoConfiguration");
    }
}
