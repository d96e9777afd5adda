package dev.odometer.pdf;

import dev.odometer.documents.PageConverter;
import dev.odometer.functions.refusal.StartRefusal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Offers invoices as PDF if {@code odometer.documents.pdf} is true. To keep cold starts short, the library is loaded
 * with the first document.
 */
@AutoConfiguration
public class PdfConfiguration {

    /** @throws StartRefusal when a setting is invalid */
    @Bean
    @Nullable
    PageConverter pdfPages(Environment environment) {
        PdfSettings settings = PdfSettings.from(environment);
        return settings == null ? null : new PdfPages(settings);
    }
}
