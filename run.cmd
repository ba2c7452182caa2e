@echo off
rem Starts VenuePlanner and everything around it: run help
rem Finds a Python 3.11-3.13; packaging\bootstrap.py does the rest.
setlocal
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHONUTF8=1"
set "fits=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
set "boot=%~dp0packaging\bootstrap.py"
"%~dp0.venv\Scripts\python.exe" -c "%fits%" >nul 2>&1 && set python="%~dp0.venv\Scripts\python.exe" && goto start
py -3.13 -c "%fits%" >nul 2>&1 && set python=py -3.13 && goto start
py -3.12 -c "%fits%" >nul 2>&1 && set python=py -3.12 && goto start
py -3.11 -c "%fits%" >nul 2>&1 && set python=py -3.11 && goto start
py -3 -c "%fits%" >nul 2>&1 && set python=py -3 && goto start
python -c "%fits%" >nul 2>&1 && set python=python && goto start
echo VenuePlanner needs Python 3.11, 3.12 or 3.13 and found none. Install one and start again. 1>&2
exit /b 69
:start
%python% "%boot%" %*
exit /b %errorlevel%
