package dev.odometer.documents;

/**
 * The style of a page, on screen and on paper of any size. Only properties that browsers and renderers of PDF share: no
 * variables, grids or flexible boxes.
 */
final class PageStyle {

    static final String CSS = """

            @page { margin: 16mm 15mm 18mm;
              @bottom-right { content: counter(page) " / " counter(pages);
                font-family: Helvetica, Arial, sans-serif; font-size: 8pt; color: #666; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; color: #111; background: #fff;
              font-family: Helvetica, Arial, "Liberation Sans", sans-serif; font-size: 9.5pt; line-height: 1.4; }
            h1 { margin: 0; font-size: 20pt; line-height: 1.2; }
            h2 { margin: 0 0 1mm; font-size: 8pt; font-weight: normal; color: #666; }
            p { margin: 0 0 2mm; }
            table { width: 100%; border-collapse: collapse; }
            th, td { padding: 0; text-align: left; vertical-align: top; font-weight: normal;
              word-wrap: break-word; overflow-wrap: anywhere; }
            .number { margin: 1mm 0 0; font-size: 12pt; color: #444; overflow-wrap: anywhere; }
            .name { font-weight: bold; }
            .small { font-size: 8pt; color: #666; }
            table.head { table-layout: fixed; margin-bottom: 6mm; }
            table.head td { width: 50%; padding-right: 6mm; }
            table.head table td { width: auto; padding: 0; }
            table.facts th { width: 24mm; color: #666; }
            .figure { text-align: right; font-variant-numeric: tabular-nums; }
            table.lines { table-layout: fixed; margin-bottom: 5mm; -fs-table-paginate: paginate; }
            table.lines th { padding: 0 0 1.5mm 3mm; border-bottom: 0.4mm solid #111; font-size: 8pt; color: #444;
              width: 16%; vertical-align: bottom; }
            table.lines th:first-child { width: 38%; padding-left: 0; }
            table.lines td { padding: 0.3mm 0 0.3mm 3mm; }
            table.lines td:first-child { padding-left: 0; }
            table.lines tr.line td { padding-top: 1.5mm; border-top: 0.2mm solid #ccc; }
            table.lines tr.part td { font-size: 8.5pt; color: #444; }
            table.lines tr.part td:first-child { padding-left: 4mm; }
            table.lines tbody tr:last-child td { padding-bottom: 1.5mm; }
            table.totals { width: 50%; margin: 0 0 5mm auto; page-break-inside: avoid; border-top: 0.4mm solid #111; }
            table.totals th, table.totals td { padding-top: 1.5mm; }
            table.totals td { padding-left: 4mm; }
            table.totals tr.total th, table.totals tr.total td { padding-top: 2mm; border-top: 0.2mm solid #ccc;
              font-size: 12pt; font-weight: bold; }
            .terms { page-break-inside: avoid; }
            .note { white-space: pre-line; overflow-wrap: anywhere; }
            .notice { margin-bottom: 5mm; padding: 1mm 3mm; border-left: 1mm solid #a00; color: #a00; }
            .mark { position: fixed; top: 42%; left: 0; width: 100%; z-index: -1; text-align: center;
              font-size: 100pt; line-height: 1; font-weight: bold; color: #f3e1e1; }
            thead { display: table-header-group; }
            tr, tbody.short { page-break-inside: avoid; }
            tr.group { page-break-after: avoid; }
            @media screen { body { max-width: 190mm; padding: 10mm; } }
            @media print { .mark { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
            """;

    private PageStyle() {}
}
