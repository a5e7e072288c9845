"""Documents as spreadsheets (XLSX), by XlsxWriter."""
