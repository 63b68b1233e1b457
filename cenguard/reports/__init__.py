"""Reports: one file a format. A report knows nothing of networks, only what `findings.report.Report` carries."""
